"""The story of the rehearsal, day by day: who does what. All that is not in docs/domain.md is made up.

On 2019-03-20 each role meets something of its own; by 2021-03-26 three compilations are delivered.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from . import compilation_scenes as c
from . import duty_scenes as d
from . import payment_scenes as p
from . import reporting_scenes as r
from . import scenes as s
from .people import COORDINATORS

if TYPE_CHECKING:
    from .cast import Cast


SUCCEEDED = ("01", "04", "08", "10", "17", "20", "24")
LATE_2018 = {"19": "returned", "21": "review", "22": "missing", "25": "missing"}

Scene = tuple[datetime.date, Callable[["Cast"], None]]  # the day of it, and what is done


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def after(first: str, days: int) -> datetime.date:
    return day(first) + datetime.timedelta(days=days)


def story(codes: list[str]) -> list[Scene]:
    """[(day, scene)] in order; `codes` are the counties' place codes, in order."""
    told = [*_start(codes), *_autumn_2018(codes), *_spring_2019(codes)]
    told += [*_rest_of_2019(codes), *_last_years(codes)]
    return sorted(told, key=lambda row: row[0])


def _start(codes: Sequence[str]) -> Iterator[Scene]:
    yield day("2018-07-12"), s.dispatch
    yield day("2018-08-06"), partial(s.answer_days, day=day("2018-09-28"))
    offered = [code for code in codes if code not in ("01", "23")]
    for at, code in enumerate(offered):
        late = {"21": "2018-10-02"}.get(code)
        yield (day(late) if late else after("2018-08-13", at * 2)), partial(s.accept, code=code)
    yield day("2018-08-30"), partial(s.decline, code="23", reason="Resurser saknas i år.")
    reason = "Regionen har begärt att få svara på nytt."
    reopened = partial(s.reopen, code="23", answer_due=day("2018-10-05"), reason=reason)
    yield day("2018-09-18"), reopened
    yield day("2018-10-01"), partial(s.accept, code="23")
    for at, code in enumerate([*codes, "sek"]):
        yield after("2018-10-03", at // 4), partial(s.enter_account, code=code)
    for at, code in enumerate(codes):
        yield after("2018-10-04", at), partial(s.appoint, code=code, name=COORDINATORS[at])


def _autumn_2018(codes: Sequence[str]) -> Iterator[Scene]:
    yield day("2018-10-10"), partial(s.prepare_all, year=2018)
    yield day("2018-10-11"), s.verify_accounts
    yield day("2018-10-11"), p.bank_details
    yield day("2018-10-12"), partial(s.grant_all, year=2018)
    for at, code in enumerate([*codes, "sek"]):
        when = "2018-11-19" if code == "13" else "2018-10-15"
        yield after(when, 0 if code == "13" else at), partial(s.requisition, code=code, year=2018)
    yield day("2018-11-16"), s.approve_all
    yield day("2018-11-20"), p.pay_all
    yield day("2018-11-22"), s.approve_all
    yield day("2018-11-23"), p.pay_all
    yield day("2018-11-29"), partial(s.budget, year=2019, **_citation("frame", "2018-11-28"))
    yield day("2018-11-30"), partial(s.confirm_budget, year=2019)
    decided: s.Citation = {
        "kind": "appropriation",
        "outcome": "as_proposed",
        "proposition": "2018/19:1",
        "expenditure_area": "utg.omr. 22",
        "committee_report": "2018/19:TU1",
        "riksdag_letter": "2018/19:109",
        "decided_on": day("2018-12-19"),
    }
    yield day("2018-12-20"), partial(s.budget, year=2019, **decided)
    yield day("2018-12-21"), partial(s.confirm_budget, year=2019)


def _citation(kind: str, decided_on: str) -> s.Citation:
    """Made up, and said to be."""
    return {
        "kind": kind,
        "outcome": "as_proposed",
        "proposition": "övning",
        "expenditure_area": "utg.omr. 22",
        "committee_report": "övning",
        "riksdag_letter": "övning",
        "decided_on": day(decided_on),
    }


def _spring_2019(codes: Sequence[str]) -> Iterator[Scene]:
    succeed = partial(s.succeed, decided_on=day("2019-01-08"), answer_due=day("2019-03-29"))
    yield day("2019-01-08"), succeed
    for at, code in enumerate(SUCCEEDED[1:]):
        yield after("2019-01-14", at), partial(s.accept, code=code)
        yield after("2019-01-16", at), partial(s.enter_account, code=code)
        name = COORDINATORS[codes.index(code)]
        starts = day("2019-01-14")
        yield after("2019-01-21", at), partial(s.appoint, code=code, name=name, starts=starts)
    yield day("2019-01-28"), s.verify_accounts
    yield from _reports_2018(codes)
    yield day("2019-02-04"), partial(s.prepare_all, year=2019)
    yield day("2019-02-06"), partial(s.grant_all, year=2019)
    yield day("2019-02-28"), partial(s.resign, code="25", ends=day("2019-02-28"))
    yield from _first_requisitions_2019()
    yield day("2019-02-18"), partial(c.begin, year=2018)
    yield from _facts_2018()
    yield day("2019-03-19"), partial(c.draft, year=2018)


def _facts_2018() -> Iterator[Scene]:
    """One objects and is heard; one has not answered by 20 March."""
    yield day("2019-03-05"), partial(c.ask_for_facts, year=2018, due=day("2019-03-22"))
    answer = "Koordinatorn tillträdde i oktober, inte i september. Det framgår av vår egen redovisning."
    yield day("2019-03-08"), partial(c.object_to_facts, code="09", year=2018, answer=answer)
    yield day("2019-03-11"), partial(c.confirm_facts, year=2018, but=("13",))
    handling = "Tillträdet är kontrollerat mot anmälan av koordinatorn och stämmer där. Ingen uppgift behöver ändras."
    yield day("2019-03-12"), partial(c.handle_objection, code="09", year=2018, handling=handling)
    yield day("2019-03-13"), partial(c.pick_examples, year=2018)


def _reports_2018(codes: Sequence[str]) -> Iterator[Scene]:
    in_time = [code for code in codes if code not in LATE_2018]
    for at, code in enumerate([*in_time, "sek"]):
        unused = {"08": 87_650, "13": 24_000, "sek": 130_000}.get(code, 0)
        scene = partial(r.report, code=code, year=2018, unused=unused)
        yield after("2019-01-14", at % 18), scene
        yield after("2019-02-04", at), partial(r.review, code=code, year=2018)
        yield after("2019-02-06", at), partial(r.approve_report, code=code, year=2018)
        yield after("2019-02-13", at), partial(r.accept_account, code=code, year=2018)
    late = partial(d.ask_later, kind="report", year=2018)
    reason = "Bokslutet för hösten är klart först i mars."
    yield day("2019-01-28"), partial(late, code="21", wanted=day("2019-03-15"), reason=reason)
    yield day("2019-01-30"), partial(d.grant_later, code="21", reason="Skälet är godtagbart.")
    reason = "Underlaget från kommunerna har inte kommit in."
    yield day("2019-03-18"), partial(late, code="22", wanted=day("2019-04-08"), reason=reason)
    yield day("2019-03-07"), partial(r.repay, code="13", year=2018)
    yield day("2019-03-08"), partial(r.repay, code="sek", year=2018)
    yield day("2019-02-05"), partial(r.report, code="19", year=2018)
    reason = (
        "Två uppgifter behöver kompletteras: resultatet av insatserna, och årsarbetskrafterna under hösten."
    )
    wanted = {
        "function_fte": "Ange årsarbetskrafterna under hösten.",
        "initiatives-1-result": "Beskriv vad insatsen har lett till.",
    }
    sent_back = partial(
        r.send_back, code="19", year=2018, reason=reason, due=day("2019-03-22"), wanted=wanted
    )
    yield day("2019-03-11"), sent_back
    yield day("2019-03-14"), partial(r.report, code="21", year=2018)


def _first_requisitions_2019() -> Iterator[Scene]:
    paid, waiting, changed, new = ("14", "12", "sek"), ("07", "09", "13"), "18", ("03", "05", "06")
    for code in paid:
        yield day("2019-02-11"), partial(s.requisition, code=code, year=2019)
    yield day("2019-02-14"), s.approve_all
    yield day("2019-02-18"), p.pay_all
    for code in (*waiting, changed):
        yield day("2019-03-06"), partial(s.requisition, code=code, year=2019)
    yield day("2019-03-11"), s.approve_all
    yield day("2019-03-13"), partial(p.release, code=changed)
    yield day("2019-03-15"), partial(s.enter_account, code=changed, spare=1)
    for at, code in enumerate(new):
        yield after("2019-03-18", at - 1), partial(s.requisition, code=code, year=2019)


def _rest_of_2019(codes: Sequence[str]) -> Iterator[Scene]:
    yield day("2019-03-21"), partial(r.report, code="19", year=2018)
    reason = "Sammanställningen överlämnas den 26 mars. Redovisningen kan tas med i en ny version."
    yield day("2019-03-21"), partial(d.refuse_later, code="22", reason=reason)
    for code in ("19", "21"):
        yield day("2019-03-22"), partial(r.review, code=code, year=2018)
        yield day("2019-03-25"), partial(r.approve_report, code=code, year=2018)
        yield day("2019-03-29"), partial(r.accept_account, code=code, year=2018)
    yield from _deliver(2018, "2019-03-25", "2019-03-26", "2019-03-28")
    yield day("2019-03-27"), partial(s.accept, code="01")
    yield day("2019-03-28"), partial(s.enter_account, code="01")
    yield day("2019-03-29"), partial(r.repay, code="08", year=2018)
    starts = day("2019-04-01")
    yield day("2019-04-01"), partial(s.appoint, code="01", name=COORDINATORS[0], starts=starts)
    for code in ("22", "25"):
        yield day("2019-04-08"), partial(r.report, code=code, year=2018)
        yield day("2019-04-15"), partial(r.review, code=code, year=2018)
        yield day("2019-04-16"), partial(r.approve_report, code=code, year=2018)
        yield day("2019-04-17"), partial(r.accept_account, code=code, year=2018)
    yield day("2019-04-10"), s.verify_accounts
    yield day("2019-04-11"), partial(s.prepare_all, year=2019)
    yield day("2019-04-12"), partial(s.grant_all, year=2019)
    yield day("2019-05-06"), partial(s.appoint, code="25", name="Lo Engman", starts=day("2019-05-06"))
    yield day("2019-04-15"), s.approve_all
    yield day("2019-04-17"), p.pay_all
    early = ("14", "12", "sek", "07", "09", "13", "18", "03", "05", "06")
    for at, code in enumerate(code for code in codes if code not in early):
        yield after("2019-09-02", at * 3), partial(s.requisition, code=code, year=2019)
    yield day("2019-11-04"), s.approve_all
    yield day("2019-11-06"), p.pay_all


def _last_years(codes: Sequence[str]) -> Iterator[Scene]:
    yield day("2019-12-17"), partial(s.budget, year=2020, **_citation("appropriation", "2019-12-16"))
    yield day("2019-12-18"), partial(s.confirm_budget, year=2020)
    yield from _reporting(codes, 2019, unused={"06": 41_200, "14": 150_000})
    yield day("2020-02-03"), partial(s.prepare_all, year=2020)
    yield day("2020-02-05"), partial(s.grant_all, year=2020)
    for at, code in enumerate([*codes, "sek"]):
        yield after("2020-03-02", at * 4), partial(s.requisition, code=code, year=2020)
    for month in ("04", "06"):
        yield day(f"2020-{month}-15"), s.approve_all
        yield day(f"2020-{month}-17"), p.pay_all
    yield from _reporting(codes, 2020, unused={"21": 66_000})


def _reporting(codes: Sequence[str], year: int, unused: Mapping[str, int]) -> Iterator[Scene]:
    """A year in which everybody reports in time, and the compilation is handed over on its day."""
    spring = year + 1
    for at, code in enumerate([*codes, "sek"]):
        left = unused.get(code, 0)
        scene = partial(r.report, code=code, year=year, unused=left)
        yield after(f"{spring}-01-10", at % 20), scene
        yield after(f"{spring}-02-03", at % 12), partial(r.review, code=code, year=year)
        yield after(f"{spring}-02-17", at % 8), partial(r.approve_report, code=code, year=year)
        yield day(f"{spring}-03-02"), partial(r.accept_account, code=code, year=year)
        if left:
            yield day(f"{spring}-03-16"), partial(r.repay, code=code, year=year)
    yield day(f"{spring}-02-20"), partial(c.begin, year=year)
    yield day(f"{spring}-03-02"), partial(c.ask_for_facts, year=year, due=day(f"{spring}-03-13"))
    yield day(f"{spring}-03-11"), partial(c.confirm_facts, year=year, but=codes[::4])
    yield from _deliver(year, f"{spring}-03-24", f"{spring}-03-25", f"{spring}-03-26")


def _deliver(year: int, frozen: str, delivered: str, received: str) -> Iterator[Scene]:
    yield day(frozen), partial(c.freeze, year=year)
    yield day(delivered), partial(c.establish, year=year)
    yield day(delivered), partial(c.deliver, year=year)
    yield day(received), partial(c.acknowledge, year=year)
