"""What is known to fail for those who use the service with other means than most: what the statement says.

A failing leaves this list when it is mended and proved, never before. Counts are those of the day.
"""

import datetime
from dataclasses import dataclass

JUDGED = datetime.date(2026, 12, 1)
CONFORMS = "WCAG 2.2, nivå AA"


@dataclass(frozen=True)
class Failing:
    """`what` fails, the `criterion` of WCAG, and the `way` round it until it is mended."""

    what: str
    criterion: str
    way: str


FAILINGS = (
    Failing(
        "Det som har fokus kan döljas bakom sidhuvudet och andra delar som ligger kvar när sidan rullas.",
        "2.4.11 Fokus inte skymt",
        "Rulla sidan uppåt med piltangenterna, så syns det som har fokus.",
    ),
    Failing(
        "Länkar i tabeller heter bara det tal som står i rutan, till exempel ”0”: 158 stycken på en och samma sida. En "
        "skärmläsare som listar länkarna säger inte vart de leder.",
        "2.4.4 Syftet med en länk",
        "Läs tabellen ruta för ruta, så sägs rad och kolumn.",
    ),
    Failing(
        "25 av 281 prövade sidlägen rullar i sidled på en skärm som är 320 bildpunkter bred eller förstorad 400 procent. "
        "Lägestavlan visar då tre av nio kolumner i taget.",
        "1.4.10 Omflöde",
        "Vänd telefonen på bredden, eller hämta tabellen som CSV eller Excel.",
    ),
    Failing(
        "Om texten har tillräcklig kontrast är inte avgjort där bakgrunden är en toning: 5 879 ställen på 110 sidor.",
        "1.4.3 Kontrast",
        "Välj hög kontrast i webbläsaren eller operativsystemet.",
    ),
    Failing(
        "I en tredjedel av breven saknas dagen i ämnesraden, eller är avhuggen.",
        "2.4.2 Sidtitlar, tillämpat på brev",
        "Dagen står i brevets text, och i Att göra.",
    ),
    Failing(
        "Raderna Totalt och Sekretariatet i flera tabeller har ingen radrubrik som säger vilket år de gäller.",
        "1.3.1 Information och relationer",
        "Året står i tabellens rubrik.",
    ),
    Failing(
        "På några sidor är det fler än 60 tabbsteg till slutet, utan sätt att hoppa över varje del.",
        "2.4.1 Hoppa över grupperat innehåll",
        "Använd skärmläsarens eller webbläsarens sökning i sidan.",
    ),
    Failing(
        "Menyer stängs inte när man lämnar dem med tangentbordet.",
        "2.4.3 Fokusordning",
        "Stäng menyn med Escape.",
    ),
    Failing(
        "I redovisningens ekonomi läses summorna inte upp när de ändras, och fel när utkastet sparas av sig självt läses "
        "inte upp. Förra årets tal och den begärda kompletteringen är inte knutna till sina fält.",
        "4.1.3 Statusmeddelanden",
        "Tryck Spara, så står summor och fel överst på sidan som kommer.",
    ),
    Failing(
        "Att ett dokument är färdigt läses inte alltid upp när det har tagits fram.",
        "4.1.3 Statusmeddelanden",
        "Läs in sidan på nytt, så sägs hur långt det har kommit.",
    ),
    Failing(
        "Några staplar är avskurna vid sidan av kartan, och skillnaden mellan tomt och fullt syns inte i alla färglägen.",
        "1.4.11 Kontrast för annat än text",
        "Varje diagram har en tabell med samma uppgifter.",
    ),
    Failing(
        "Några felmeddelanden är formulerade av programvaran och säger inte hur man skriver rätt.",
        "3.3.3 Förslag vid fel",
        "Hjälptexten vid fältet säger vad som ska stå där.",
    ),
)
UNTRIED = (
    "34 sidor där något beslutas eller skickas in, och flera felsidor, har inte prövats.",
    "Tjänsten har inte prövats av personer som använder hjälpmedel, och inte med NVDA eller VoiceOver.",
    "Textavstånd, tvingade färger, minskad rörelse och utskrift har inte prövats på alla sidor.",
)
