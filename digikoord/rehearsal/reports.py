"""Made-up report contents: plausible, different for each county, the same every time."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from reporting import content as contents
from reporting import fields
from reporting.actions import report_drafts

if TYPE_CHECKING:
    from actors.models import User
    from grants.models import Tranche
    from programmes.programme_file.shape import ProgrammeFile
    from reporting.models import ActivityReport


INITIATIVES = (
    ("Digitalt kunskapslyft för småföretag", "Kurser i digital affärsutveckling"),
    ("Digidel-nätverk på biblioteken", "Handledning för invånare som står utanför"),
    ("Informationssäkerhet i kommunal samverkan", "Gemensam klassning av information"),
    ("Testbädd för välfärdsteknik", "Prov av teknik i hemmet tillsammans med två kommuner"),
    ("Öppna data för besöksnäringen", "Publicering av datamängder om leder och evenemang"),
    ("Ledarforum för digital mognad", "Mätning och samtal i ledningsgrupper"),
    ("Regional digital agenda", "Förankring av agendan hos kommunerna"),
    ("Bredbandssamordning på landsbygden", "Kartläggning av vita fläckar"),
)
OBSTACLES = (
    "Det har tagit tid att rekrytera, och kommunernas förutsättningar skiljer sig mycket åt.",
    "Många parallella satsningar konkurrerar om samma nyckelpersoner.",
    "Brist på gemensamma begrepp gör det svårt att jämföra läget mellan kommunerna.",
)
LESSONS = (
    "Ett tidigt mandat från ledningen har varit avgörande.",
    "Små, konkreta insatser skapar förtroende för de större.",
    "Nätverket mellan länen sparar arbete: det som prövats i ett län kan tas upp i nästa.",
)
ABOUT = (
    "Digital mognad och gemensamma upphandlingar",
    "Bredband och den regionala serviceplanen",
    "Kompetensförsörjning och testbäddar",
    "Digitalisering i små företag",
    "Digitalt utanförskap",
    "Erfarenhetsutbyte i nätverket",
)


def written(tranche: Tranche, *, used: Decimal) -> contents.Content:
    """A finished report of the tranche's year, with `used` kronor of the grant."""
    definition, number = tranche.programme.definition, _number(tranche)
    return {
        "texts": _texts(tranche, definition, number),
        "initiatives": _initiatives(tranche, definition, number),
        "cooperation": _cooperation(definition, number),
        "results": _results(definition, number),
        "indicators": _indicators(definition, number),
        "account": _account(definition, used),
    }


def fill_in(report: ActivityReport, *, by: User, content: contents.Content) -> ActivityReport:
    """Write what may be written of the content into the draft, step by step as a person would."""
    if not report.draft["initiatives"]:
        report = report_drafts.add_initiatives(report, by=by, rows=content["initiatives"])
    for step in fields.steps(report.programme.definition, report.year.year, report.draft):
        if step.number is not None or not step.fields:
            continue
        values = {
            field.key: fields.value(content, field)
            for field in step.fields
            if fields.is_open(field.key, report.wanted)
        }
        edition = report.edition(step.key)
        report = report_drafts.write(report, by=by, step=step.key, values=values, edition=edition)
    return report


def _number(tranche: Tranche) -> int:
    """A small number that differs between places and years."""
    code = tranche.place.code
    return (int(code) if code.isdigit() else len(code)) + tranche.year.year


def _texts(tranche: Tranche, definition: ProgrammeFile, number: int) -> dict[str, str]:
    place = tranche.place.name
    texts = {
        "function_start": f"{tranche.year.costs_from}",
        "function_fte": "0,5" if number % 3 else "1,0",
        "function_placement": "Regional utveckling, direkt under utvecklingsdirektören.",
        "function_vacancies": "Ingen vakans." if number % 4 else "Vakans under två månader.",
        "steering_strategy": f"En regional digital agenda för {place} är antagen och följs upp årligen.",
        "steering_rus": "Agendan är en del av genomförandet av den regionala utvecklingsstrategin.",
        "cooperation": (
            "Samtliga kommuner i länet, länsstyrelsen, lärosätet och företagens organisationer "
            "har mötts i en gemensam styrgrupp."
        ),
        "obstacles": OBSTACLES[number % 3],
        "lessons": LESSONS[number % 3],
        "plans": "Arbetet fortsätter med fokus på digital mognad hos små och medelstora företag.",
        "support": "Mer erfarenhetsutbyte i nätverket om uppföljning.",
    }
    wanted = {
        name
        for section in contents.sections(definition, tranche.year.year)
        for name, _, _ in contents.text_fields(section)
    }
    free = {name: f"Redovisning för {place}." for name in wanted if name not in texts}
    return {name: text for name, text in texts.items() if name in wanted} | free


def _initiatives(
    tranche: Tranche, definition: ProgrammeFile, number: int
) -> list[contents.InitiativeContent]:
    goals = [goal.code for goal in definition.sub_goals]
    rows: list[contents.InitiativeContent] = []
    for step in range(2 + number % 3):
        at = (number + step * 3) % len(INITIATIVES)
        title, activity = INITIATIVES[at]
        rows.append(
            {
                "title": title,
                "sub_goal": goals[at * len(goals) // len(INITIATIVES)] if goals else "",
                "activity": f"{activity} i {tranche.place.name}.",
                "result": f"{12 + number % 30} organisationer deltog.",
                "effect": "Deltagarna uppger att de arbetar på ett nytt sätt.",
                "good_example": step == 0 and number % 2 == 0,
            }
        )
    return rows


def _cooperation(definition: ProgrammeFile, number: int) -> dict[str, dict[str, str]]:
    extents = list(contents.EXTENTS)
    return {
        row.code: {
            "extent": extents[(number + at) % 4],
            "about": ABOUT[at % len(ABOUT)] if (number + at) % 4 else "",
        }
        for at, row in enumerate(definition.cooperation_parties)
    }


def _results(definition: ProgrammeFile, number: int) -> dict[str, dict[str, str]]:
    return {
        goal.code: {
            "movement": str((number + at) % 4 - 1),
            "text": f"{goal.name}: läget har bedömts tillsammans med kommunerna.",
        }
        for at, goal in enumerate(definition.sub_goals)
    }


def _indicators(definition: ProgrammeFile, number: int) -> dict[str, str]:
    """Some are missing, some are zero: both occur in life."""
    values = {}
    for at, row in enumerate(definition.indicators):
        if (number + at) % 7 == 0:
            continue
        match row.unit:
            case "procent":
                values[row.code] = f"{70 + (number + at) % 25},5"
            case "kr":
                values[row.code] = str((number + at) % 9 * 150000)
            case "årsarbetskrafter":
                values[row.code] = "0,5" if number % 3 else "1,0"
            case _:
                values[row.code] = str((number * (at + 1)) % 40)
    return values


def _account(definition: ProgrammeFile, used: Decimal) -> dict[str, dict[str, str]]:
    """Salaries are what the other lines leave, so that the sum is exact."""
    codes = [line.code for line in definition.cost_lines]
    shares = dict(zip(codes[1:], ("0.12", "0.05", "0.08", "0.05", "0"), strict=False))
    grant = {code: (used * Decimal(share)).quantize(Decimal(1)) for code, share in shares.items()}
    grant[codes[0]] = used - sum(grant.values())
    return {
        code: {
            "grant": f"{grant[code]:.2f}",
            "own": f"{(grant[code] / 4).quantize(Decimal('0.01')):.2f}",
            "other": "0.00",
        }
        for code in codes
    }
