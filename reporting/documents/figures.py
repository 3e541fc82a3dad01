"""The compilation's tables of money, written once for the document and its attachment."""

from digikoord.lib.columns import Column, as_csv

from ..content import MOVEMENTS as SIGNS

MOVEMENTS = tuple(SIGNS.values())
STEPS = (
    ("ceiling", "Högsta belopp"),
    ("granted", "Beviljat"),
    ("requisitioned", "Rekvirerat"),
    ("paid", "Utbetalt"),
    ("used", "Använt"),
    ("to_repay", "Att återbetala"),
)
AT_A_GLANCE = ("ceiling", "paid", "used", "to_repay")
# Of a Money.
ECONOMY = tuple(Column(key, label, "money") for key, label in STEPS)
# Of a Seat.
CSV = (
    Column("code", "Kod"),
    Column("name", "Plats"),
    Column("holder", "Aktör"),
    Column("org_nr", "Organisationsnummer"),
    *(
        Column(key, label, "money", value=lambda seat, key=key: getattr(seat.money, key))
        for key, label in (*STEPS, ("repaid", "Återbetalt"), ("waived", "Eftergivet"))
    ),
    Column("preliminary", "Preliminärt", value=lambda seat: "ja" if seat.money.waiting else "nej"),
)


def economy_csv(told):
    return as_csv(CSV, told.everyone)


def chain(money):
    """(label, kronor) for the bars of the summary; what is not known is left out."""
    labels = dict(STEPS)
    known = [key for key in AT_A_GLANCE if getattr(money, key) is not None]
    return [(labels[key], getattr(money, key)) for key in known]
