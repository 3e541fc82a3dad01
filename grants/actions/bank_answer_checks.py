"""Whether what the bank answers agrees with the payment list it answers, and with itself."""

from collections.abc import Iterable, Mapping

from digikoord.lib.money import kr
from digikoord.lib.verdict import Refused

from ..bank import pain002
from ..bank.pain002 import Report
from ..models import PaymentBatch, PaymentBatchLine


def require_ours(report: Report, batch: PaymentBatch) -> None:
    """Refuse what answers another file than this batch's, or was changed on its way."""
    if report.original_id != batch.message_id:
        raise Refused(
            f"Filen svarar på {report.original_id}, inte på den här betalningslistan "
            f"({batch.message_id or 'som inte har någon betalningsfil'})."
        )
    for found in report.payment_ids:
        if found != batch.message_id:
            raise Refused(f"Filen svarar på betalningsblocket {found}, som inte finns i den här listan.")
    count, total = batch.lines.count(), sum(row.amount for row in batch.lines.all())
    for number in report.counts:
        if number != count:
            raise Refused(f"Filen svarar på {number} betalningar; listan har {count}. Filen kan vara ändrad.")
    for summed in report.totals:
        if summed != total:
            raise Refused(f"Filen svarar på {kr(summed)}; listan är på {kr(total)}. Filen kan vara ändrad.")


def told(report: Report, lines: Mapping[str, PaymentBatchLine]) -> list[pain002.Answer]:
    """An answer for each payment the report speaks of: its own, or the one that speaks for all."""
    for answer in report.answers:
        line = lines.get(answer.end_to_end)
        if line is None:
            raise Refused(f"Betalning {answer.end_to_end} finns inte i den här betalningslistan.")
        _require_same(answer, line)
        _require_agreement(report.wholes, answer.status, answer.end_to_end)
    answers = {row.end_to_end: row for row in report.answers}
    for status, reason, code in report.wholes[:1]:
        _require_agreement(report.wholes, status, "betalningsblocket")
        for end_to_end in lines:
            answers.setdefault(end_to_end, pain002.Answer(end_to_end, status, reason, code))
    if not answers:
        raise Refused("Filen säger inget om någon betalning.")
    return list(answers.values())


def _require_same(answer: pain002.Answer, line: PaymentBatchLine) -> None:
    if answer.currency and answer.currency != "SEK":
        raise Refused(f"Banken svarar om {answer.end_to_end} i {answer.currency}. Listan är i kronor.")
    if answer.amount is not None and answer.amount != line.amount:
        raise Refused(
            f"Banken svarar om {answer.end_to_end} med {kr(answer.amount)}; "
            f"listan har {kr(line.amount)}. Filen kan vara ändrad."
        )
    digits = "".join(filter(str.isdecimal, line.account))
    if answer.account and "".join(filter(str.isdecimal, answer.account)) != digits:
        raise Refused(f"Banken svarar om {answer.end_to_end} med ett annat konto. Filen kan vara ändrad.")


def _require_agreement(wholes: Iterable[tuple[str, str, str]], status: str, what: str) -> None:
    """All refused, or all settled, is not true when one of them is otherwise."""
    for whole, _reason, _code in wholes:
        if pain002.MEANINGS[whole] not in ("accepted", pain002.MEANINGS[status]):
            raise Refused(
                f"Filen säger emot sig själv: hela listan har status {whole}, men {what} har {status}."
            )
