"""Short names that fit the bank's 35 characters and are the same in every database."""

import zlib

MEMBERS = 4  # hexadecimal digits that tell two long names apart


def short(code: str, longest: int) -> str:
    """The code in capitals; a longer one cut, and told apart by a checksum of the whole."""
    if len(code) <= longest:
        return code.upper()
    checksum = f"{zlib.crc32(code.encode()):08x}"[:MEMBERS]
    return f"{code[: longest - MEMBERS]}{checksum}".upper()
