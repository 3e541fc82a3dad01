"""The typefaces of our documents and the characters they can write. What they cannot write is replaced, visibly.

Nothing is left to the fonts of the machine: the same document gives the same bytes everywhere.
"""

import gc
import io
import re
import unicodedata
from functools import cache

from django.conf import settings
from fontTools.ttLib import TTFont

# In the order a character is sought. Inter comes cut in two files; DejaVu Sans has the signs that Inter lacks (≤ ≥ → ✓).
FAMILIES = {
    "DK Inter": ("inter", "inter-latin", ("400-normal", "400-italic", "600-normal", "700-normal")),
    "DK Inter Ext": ("inter", "inter-latin-ext", ("400-normal", "400-italic", "600-normal", "700-normal")),
    "DK DejaVu": (
        "dejavu-sans",
        "dejavu-sans-latin",
        ("400-normal", "400-italic", "700-normal", "700-italic"),
    ),
}
REPLACEMENT = "□"
# Signs that Pango would look for in a colour font of the machine, although ours can write some of them.
EMOJI = "\U0001f000-\U0010ffff⌚⌛⏩-⏬⏰⏳◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓-❕❗➕-➗➰➿⬛⬜⭐⭕"
JOINED = "(?:\u200d.|[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff])*"


def face_css() -> str:
    """The @font-face rules, read by the document through `fonts:` addresses."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {face.split("-")[0]}; font-style: {face.split("-")[1]};'
        f' src: url("fonts:{package}/{stem}-{face}"); }}'
        for family, (package, stem, faces) in FAMILIES.items()
        for face in faces
    )


@cache
def font(address: str) -> bytes:
    """The bytes of one face, unpacked once per process: `inter/inter-latin-400-normal`.

    Of the two packings the older is read: WOFF 2 must rebuild every glyph, which takes fifty times as long.
    """
    package, _, name = address.partition("/")
    if not re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", address):
        raise ValueError(f"Not a font of ours: {address}")
    path = settings.BASE_DIR / "node_modules/@fontsource" / package / "files" / f"{name}.woff"
    unpacked, face = io.BytesIO(), TTFont(path, recalcBBoxes=False, recalcTimestamp=False)
    face.flavor = None
    face.save(unpacked, reorderTables=False)
    face.close()
    return unpacked.getvalue()


@cache
def supported() -> frozenset[str]:
    """Every character that is written in all faces of one of the families."""
    characters: set[int] = set()
    for package, stem, faces in FAMILIES.values():
        coverage = (
            TTFont(io.BytesIO(font(f"{package}/{stem}-{face}")), lazy=True).getBestCmap() for face in faces
        )
        characters |= set.intersection(*map(set, coverage))
    gc.collect()  # the readers of the typefaces refer to each other
    return frozenset(chr(code) for code in characters)


def writable(text: str) -> str:
    """The text as our typefaces can write it: □ stands for each character they lack, and for each emoji."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return text
    return _unwritable().sub(REPLACEMENT, text)


@cache
def _unwritable() -> re.Pattern[str]:
    basic = "".join(re.escape(character) for character in sorted(supported()) if character <= "\uffff")
    controls = "\t\n\r\x0c\u00ad\u200b\u2060"  # laid out, never drawn
    return re.compile(f"(?:[{EMOJI}]|[^{basic}{controls}]){JOINED}", re.DOTALL)
