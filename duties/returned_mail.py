"""Reads the post's report that a letter could not be delivered (RFC 3464, multipart/report)."""

import email
import email.policy
from dataclasses import dataclass
from email.message import Message
from typing import Any, cast


@dataclass(frozen=True)
class Report:
    """`message_id` is the returned letter's; `permanent` when the post has given up (status 5.x.x)."""

    message_id: str
    permanent: bool
    reason: str


def read(content: bytes) -> Report | None:
    """The Report in the bytes of an e-mail; None where they are no report of a letter."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    message_id, status, reason = "", "", ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status, reason = _status(part)
        elif kind == "message/rfc822":
            message_id = _first_id(part.get_payload())
        elif kind == "text/rfc822-headers":
            message_id = email.message_from_string(part.get_content(), policy=email.policy.default).get(
                "Message-ID", ""
            )
    if not message_id or not status:
        return None
    return Report(str(message_id).strip(), status.startswith("5"), f"{status} {reason}".strip())


def _status(part: Message) -> tuple[str, str]:
    """(status, what the server said) of the first recipient that names one."""
    for block in cast(list[Message], part.get_payload()):
        status = str(block.get("Status", "")).strip()
        if status:
            said = str(block.get("Diagnostic-Code", "")).split(";", 1)[-1]
            return status, " ".join(said.split())
    return "", ""


def _first_id(payload: Any) -> str:  # what a part holds: other parts, or text
    found: str = payload[0].get("Message-ID", "") if payload else ""
    return found
