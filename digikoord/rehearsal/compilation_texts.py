"""What the secretariat writes to the chapters of its compilations. All of it is made up."""


def of_year(year: int) -> dict[str, str]:
    """{chapter: Markdown}"""
    return {
        "summary": SUMMARY.format(year=year),
        "results": RESULTS,
        "cooperation": COOPERATION,
        "conclusions": CONCLUSIONS,
    }


SUMMARY = """\
Koordinatorerna har under {year} byggt upp och utvecklat sin funktion. Sammanställningen bygger på de redovisningar som har \
godkänts, och **ingen uppgift har räknats upp** för de län som saknas.

- Funktionen finns i länens ledning för regional utveckling.
- Insatserna spänner över alla fem delmålen.
- Medlen har i huvudsak gått till löner."""
RESULTS = """\
Varje insats redovisas under ett delmål, det som den främst bidrar till. Delmålen kommer ur \
[digitaliseringsstrategin](https://www.regeringen.se/)."""
COOPERATION = """\
Samverkan är koordinatorernas viktigaste arbetsform:

> Det som har prövats i ett län ska kunna tas upp i nästa."""
CONCLUSIONS = """\
Funktionen har gett länen en gemensam kontaktpunkt för digitalisering. Förutsättningarna skiljer sig åt, och nätverket har \
varit ett stöd i arbetet.

## Till nästa år

1. Redovisningarna bör komma in i tid, så att alla län kan ingå.
2. Indikatorerna behöver prövas mot hur de används."""
