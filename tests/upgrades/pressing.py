"""A page's own form, filled in as whoever knows nothing would, and its button pressed."""

from digikoord.lib import clock
from tests.journeys.conftest import page_of

TEXT = "Prov av en uppgraderad databas."
GUESSES = {"email": "prov@prov.example", "text": "1"}


def filled_in(response) -> tuple[str, dict] | None:
    """Where the page's form goes, and what it would send; None where it has none, or asks for a file."""
    if not response["Content-Type"].startswith("text/html"):
        return None
    forms = page_of(response).tree.xpath("//main//form[translate(@method, 'POST', 'post')='post']")
    if not forms or forms[0].xpath(".//input[@type='file'][@required]"):
        return None
    sent = {}
    for field in forms[0].xpath(".//*[@name][not(@disabled)]"):
        value = _value(field)
        if value is not None:
            sent.setdefault(field.get("name"), []).append(value)
    return forms[0].get("action") or response.request["PATH_INFO"], sent


def _value(field):
    kind = field.get("type", "text") if field.tag == "input" else field.tag
    match kind:
        case "checkbox":
            return field.get("value", "on")
        case "radio":
            first = field.getroottree().xpath(f"//input[@type='radio'][@name='{field.get('name')}']")[0]
            return field.get("value") if field is first else None
        case "select":
            options = [option.get("value") for option in field.xpath(".//option") if option.get("value")]
            return field.value or (options[0] if options else None)
        case "file" | "submit" | "button":
            return None
        case "date":
            return field.get("value") or clock.today().isoformat()
        case "textarea":
            return (field.text or "").strip() or TEXT
    return field.get("value") or GUESSES.get(kind, "1")
