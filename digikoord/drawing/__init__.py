"""The files of docs/ that are made from the code: `manage.py draw` writes them, a test compares them."""

from . import lifecycles, model

FILES = {"docs/model.md": model.drawn, "docs/lifecycles.md": lifecycles.drawn}
