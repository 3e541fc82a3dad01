"""What production is given in tests, beside its services: a key nobody guesses, and whom the accessibility statement leads to."""

KEY = "åtta olika tecken räcker inte, så här är en lång nyckel 0123456789"
CONTACT = {
    "DIGIKOORD_CONTACT_AUTHORITY": "Provmyndigheten",
    "DIGIKOORD_CONTACT_EMAIL": "tillganglighet@provmyndigheten.example",
    "DIGIKOORD_CONTACT_ADDRESS": "Box 1, 111 11 Provstad",
    "DIGIKOORD_CONTACT_PHONE": "+46 8 465 004 01",
    "DIGIKOORD_CONTACT_REPLY": "inom tre arbetsdagar",
}
ALSO_GIVEN = {**CONTACT, "DIGIKOORD_CLAMD": "none"}
