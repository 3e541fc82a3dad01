"""What `make bench` measures can be measured: the same steps on few rows."""

from digikoord.bench import ladders


def test_the_daily_scan_is_measured(postgresql, monkeypatch):
    for name, value in (("DUE", 10), ("FEW", 20), ("MANY", 50), ("TIMES", 1)):
        monkeypatch.setattr(ladders, name, value)
    found = ladders.climbing_costs_what_is_due()
    assert found.few > 0
    assert found.many > 0
