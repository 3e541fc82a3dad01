"""To forget is red: each move has its event, its sentence, its look, its page and its line of the matrix, or says why not."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from digikoord.looks import LOOKS
from records.happened import KNOWN

ROOT = Path(__file__).resolve().parents[1]
MATRIX = (ROOT / "tests/permission_matrix.txt").read_text()
ROUTES = set(re.findall(r"^(\w+:\w+)", MATRIX, flags=re.MULTILINE))
# What the trail calls a model, where it is not by its own name
CALLED = {
    "government_decision": "decision",
    "repayment_claim": "claim",
    "payment_account": "account",
    "activity_report": "report",
    "compilation_version": "compilation",
    "membership_offer": "membership",
    "address_change": "person",
    "succession": "assignment",
}
# The machine's own, or told of another row
UNTOLD = {
    ("letter", "send"): "the row itself says when; the trail would be a copy of the post",
    ("letter", "give_up"): "as sending",
    ("letter", "drop"): "as sending",
    ("rendering", "start"): "the machine's: asked for by compilation.rendering_requested",
    ("rendering", "finish"): "the machine's",
    ("rendering", "fail"): "the machine's",
    ("succession", "register"): "told of the assignment that is transferred",
    ("succession", "undo"): "told of the assignment that is resumed",
    ("payment_account", "replace"): "told of the account that replaces it: account.entered",
    ("tranche", "restore_conditional"): "tranche.restored tells the status it came to",
    ("tranche", "restore"): "tranche.restored tells the status it came to",
}
# What follows from another act, and has no page of its own
FOLLOWS = {
    ("assignment", "dispatch_assignment"): "decision dispatched",
    ("assignment", "dispatch_offer"): "decision dispatched",
    ("assignment", "transfer"): "succession registered",
    ("assignment", "undo_transfer"): "succession undone",
    ("extension", "lapse"): "the duty has ended",
    ("letter", "send"): "the worker",
    ("letter", "give_up"): "the worker",
    ("letter", "drop"): "the worker",
    ("payment_account", "replace"): "another account entered",
    ("rendering", "start"): "the worker",
    ("rendering", "finish"): "the worker",
    ("rendering", "fail"): "the worker",
    ("repayment_claim", "close"): "received or waived",
    ("repayment_claim", "reopen"): "an entry is reversed",
    ("requisition", "fall_away"): "the amount is closed, cut or opened again",
    ("tranche", "release"): "the Riksdag's decision confirmed",
    ("tranche", "settle"): "paid = used + repaid + waived",
    ("tranche", "unsettle"): "an account taken back, or an entry reversed",
    ("tranche", "cancel"): "the offer declined, or the Riksdag's decision",
    ("tranche", "restore"): "the offer opened again",
    ("tranche", "restore_conditional"): "the offer opened again",
    ("succession", "register"): "on the page of them all",
}


def snake(model):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


def moves():
    for model in apps.get_models():
        table = getattr(model, "LIFECYCLE", None)
        for name, move in table.moves.items() if table else ():
            yield pytest.param(model, name, move, id=f"{snake(model)}-{name}")


@pytest.mark.parametrize(("model", "name", "move"), list(moves()))
def test_a_move_is_told_dressed_and_opened_by_a_page(model, name, move):
    noun, app = snake(model), model._meta.app_label
    called = CALLED.get(noun, noun)
    told = [
        verb
        for verb, kind in KNOWN.items()
        if verb.split(".")[0] == called and (kind.leads_to == move.target or kind.leads_to_fact)
    ]
    missing = []
    if not told and (noun, name) not in UNTOLD:
        missing.append(f"{app}/events/{noun}.py: a class with verb = {called}.… and leads_to = {move.target}")
    if move.target not in LOOKS:
        missing.append(f"digikoord/looks.py: {move.target}")
    if (noun, name) not in FOLLOWS and not has_page(noun, name):
        missing.append(f"{app}/urls.py and tests/permission_matrix.txt: {app}:{noun}_{name}")
    assert not missing, "\n".join(missing)


def has_page(noun, name):
    """A route that ends with the move, of the noun by its own name or by the part that its pages bear."""
    own = re.compile(rf"\w+:(?:{'|'.join(parts(noun))})_(?:\w+_)?{name}(?:_many)?$")
    return any(own.match(route) for route in ROUTES)


def parts(noun):
    words = noun.split("_")
    return {noun, words[0], words[-1]}


def test_every_page_that_a_matrix_line_names_has_its_template():
    templates = {path.stem for path in (ROOT / "templates").rglob("*.html")}
    moved = [
        route for route in ROUTES if any(route.endswith(f"_{name}") for name in ("grant", "annul", "decline"))
    ]
    assert moved
    assert not [route for route in moved if route.split(":")[1] not in templates]
