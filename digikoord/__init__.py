"""The whole: composition of the apps, settings, and the rehearsal."""
