"""The board's columns as an export."""

from digikoord.lib.columns import Column

COLUMNS = (
    Column("code", "Kod", value=lambda row: row.place.code),
    Column("place", "Plats", value=lambda row: row.place.name),
    Column("holder", "Aktör", value=lambda row: str(row.holder)),
    Column("answer", "Svar", value=lambda row: row.step("answer").label),
    Column("coordinator", "Koordinator", value=lambda row: row.step("coordinator").label),
    Column("ceiling", "Högsta belopp", "money", lambda row: row.balance.ceiling, total=True),
    Column("granted", "Beviljat", "money", lambda row: row.balance.granted, total=True),
    Column("requisitioned", "Rekvirerat", "money", lambda row: row.balance.requisitioned, total=True),
    Column("paid", "Utbetalt", "money", lambda row: row.balance.paid, total=True),
    Column("reported", "Redovisat", value=lambda row: row.step("reported").label),
    Column("used", "Använt", "money", lambda row: row.balance.used, total=True),
    Column("to_repay", "Att återbetala", "money", lambda row: row.balance.to_repay, total=True),
    Column("settled", "Slutreglerat", value=lambda row: row.step("settled").label),
)
