"""The apps, from the lowest: each knows those before it and none after."""

ROOMS = ("actors", "programmes", "records", "duties", "access", "grants", "reporting", "overview")
OURS = ("digikoord", *ROOMS)
