"""Each status' icon and tone, in one table. The word always stands beside them: colour never speaks alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    icon: str
    tone: str


GOOD = "good"
BUSY = "busy"
WAIT = "wait"
BAD = "bad"
QUIET = "quiet"

LOOKS = {
    # ways in
    "draft": Look("pencil", QUIET),
    "open": Look("circle", QUIET),
    "registered": Look("inbox", BUSY),
    "planned": Look("calendar3", WAIT),
    "offered": Look("envelope", WAIT),
    "conditional": Look("hourglass-split", WAIT),
    "asked": Look("hourglass-split", WAIT),
    "refused": Look("x-circle", QUIET),
    "awaited": Look("hourglass-split", WAIT),
    "prepared": Look("clipboard", BUSY),
    "submitted": Look("send", BUSY),
    "reviewed": Look("search", BUSY),
    "released": Look("arrow-up-right-circle", BUSY),
    "booked": Look("check-circle", GOOD),
    "matched": Look("check-circle", GOOD),
    "proposed": Look("hourglass-split", WAIT),
    "surplus": Look("plus-circle", WAIT),
    "foreign": Look("slash-circle", QUIET),
    "known": Look("dash-circle", QUIET),
    "unchanged": Look("dash-circle", QUIET),
    "exported": Look("box-arrow-up-right", BUSY),
    "accepted": Look("bank", BUSY),
    "frozen": Look("snow", BUSY),
    "queued": Look("hourglass", BUSY),
    "running": Look("arrow-repeat", BUSY),
    # where somebody must act again
    "hearing": Look("chat-left-text", WAIT),
    "answered": Look("chat-left-dots", BUSY),
    "silent": Look("chat-left", BUSY),
    "objected": Look("chat-left-text", WAIT),
    "returned": Look("arrow-return-left", WAIT),
    "late": Look("clock-history", BAD),
    "overdue": Look("clock-history", BAD),
    "missing": Look("dash-circle-dotted", BAD),
    "vacant": Look("person-dash", BAD),
    "bounced": Look("envelope-slash", BAD),
    "failed": Look("exclamation-triangle", BAD),
    "rejected": Look("x-circle", BAD),
    "stopped": Look("shield-exclamation", BAD),
    "due": Look("calendar-event", WAIT),
    # ways out that are good
    "done": Look("check-circle-fill", GOOD),
    "in_force": Look("check-circle-fill", GOOD),
    "dispatched": Look("send-check", GOOD),
    "confirmed": Look("check-circle-fill", GOOD),
    "as_proposed": Look("check-circle-fill", GOOD),
    "changed": Look("pencil-square", WAIT),
    "granted": Look("check-circle-fill", GOOD),
    "approved": Look("check-circle-fill", GOOD),
    "paid": Look("check-circle-fill", GOOD),
    "settled": Look("check-circle-fill", GOOD),
    "established": Look("patch-check", GOOD),
    "delivered": Look("envelope-check", GOOD),
    "acknowledged": Look("check2-all", GOOD),
    "handled": Look("check2-circle", GOOD),
    "verified": Look("shield-check", GOOD),
    "sent": Look("envelope-check", GOOD),
    # ways out that end it
    "dropped": Look("dash-circle", QUIET),
    "closed": Look("lock", QUIET),
    "decided": Look("check-circle-fill", GOOD),
    "concluded": Look("flag", QUIET),
    "replaced": Look("arrow-left-right", QUIET),
    "transferred": Look("arrow-left-right", QUIET),
    "declined": Look("x-circle", QUIET),
    "lapsed": Look("x-circle", QUIET),
    "annulled": Look("slash-circle", QUIET),
    "revoked": Look("slash-circle", QUIET),
    "withdrawn": Look("arrow-counterclockwise", QUIET),
    "cancelled": Look("slash-circle", QUIET),
    "discarded": Look("slash-circle", QUIET),
    "unverified": Look("shield-exclamation", WAIT),
    "none": Look("dash", QUIET),
}
UNKNOWN = Look("circle", QUIET)


def of(status: object) -> Look:
    """A status nobody has dressed yet is shown plainly, never with an error."""
    return LOOKS.get(str(status), UNKNOWN)
