import csv
import datetime
import io
import zipfile
from decimal import Decimal
from types import SimpleNamespace

import pytest

from digikoord.lib import columns
from digikoord.lib.columns import Column

NAME = Column("name", "Län")
AMOUNT = Column("amount", "Belopp, kr", "money", total=True)
DAY = Column("day", "Betald", "date")
SHARE = Column("share", "Andel", "percent")
COUNT = Column("count", "Antal", "int", total=True)
ALL = (NAME, AMOUNT, DAY, SHARE, COUNT)


def row(**values):
    return SimpleNamespace(
        **{
            "name": "Örebro län",
            "amount": Decimal("500000.50"),
            "day": datetime.date(2019, 3, 26),
            "share": Decimal("84.5"),
            "count": 1200,
            **values,
        }
    )


EMPTY = row(name="", amount=None, day=None, share=None, count=None)


def test_a_cell_reads_as_swedish():
    assert [column.text(row()) for column in ALL] == [
        "Örebro län",
        "500\u00a0000,50",
        "2019-03-26",
        "84,5\u00a0%",
        "1\u00a0200",
    ]


def test_what_is_missing_is_a_dash_and_never_zero():
    assert {column.text(EMPTY) for column in ALL} == {"–"}
    assert AMOUNT.text(row(amount=Decimal(0))) == "0"


def test_a_column_reads_a_key_a_method_or_a_function():
    assert Column("name", "Län").raw({"name": "Skåne län"}) == "Skåne län"
    assert Column("label", "Status").raw(SimpleNamespace(label=lambda: "Öppen")) == "Öppen"
    assert Column("x", "X", value=lambda one: one.name.upper()).raw(row()) == "ÖREBRO LÄN"


def test_the_foot_sums_what_is_there():
    rows = [row(), row(amount=Decimal(1)), EMPTY]
    assert columns.totals(ALL, iter(rows)) == ["", "500\u00a0001,50", "", "", "2\u00a0400"]
    assert columns.totals(ALL, [EMPTY])[1] == "–"
    assert columns.totals((NAME, DAY), rows) is None


def test_csv_is_for_excel_in_swedish():
    assert (
        columns.as_csv(ALL, [row(), EMPTY])
        == (
            "\ufeffLän;Belopp, kr;Betald;Andel;Antal\r\nÖrebro län;500000,50;2019-03-26;84,5;1200\r\n;;;;\r\n"
        ).encode()
    )


def test_csv_is_marked_in_rehearsal():
    content = columns.as_csv((NAME,), [], mark="ÖVNING – PÅHITTADE UPPGIFTER").decode("utf-8-sig")
    assert content.splitlines() == ["ÖVNING – PÅHITTADE UPPGIFTER", "Län"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+46 8", "-x", "@SUM(A1)", "\tx", "\rx", "-", "=", "-1-1", "+1,2,3"]
)
def test_csv_never_lets_a_cell_run(text):
    content = columns.as_csv((NAME,), [row(name=text)]).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    assert cells[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["-5", "+5", "-5,5", "12", "5052-5781", "a=b"])
def test_csv_leaves_numbers_and_plain_words_alone(text):
    content = columns.as_csv((NAME,), [row(name=text)]).decode("utf-8-sig")
    assert content.splitlines()[1] == text


def test_csv_keeps_a_negative_amount_a_number():
    assert b"-1,50" in columns.as_csv((AMOUNT,), [row(amount=Decimal("-1.5"))])


def sheet(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_xlsx_holds_numbers_dates_and_no_formulas():
    content = columns.as_xlsx(ALL, [row(name="=1+1"), EMPTY], "Utbetalningar: 2019/2020, alla mottagare")
    cells = sheet(content)
    assert "<v>500000.50</v>" in cells
    assert "<v>43550</v>" in cells  # 2019-03-26 in Excel's days
    assert "<f>" not in cells


def test_xlsx_writes_an_address_as_text():
    assert "hyperlink" not in sheet(columns.as_xlsx((NAME,), [row(name="https://digikoord.example")]))


def test_xlsx_is_the_same_file_for_the_same_rows():
    assert columns.as_xlsx(ALL, [row()]) == columns.as_xlsx(ALL, [row()])


def test_a_moment_is_written_as_its_swedish_day():
    late = datetime.datetime(2018, 12, 31, 23, 30, tzinfo=datetime.UTC)
    assert DAY.text(row(day=late)) == "2019-01-01"
    assert b"2019-01-01" in columns.as_csv((DAY,), [row(day=late)])
