"""The bank's messages as bytes and frozen rows: no models, no clock, the same in and out every time."""
