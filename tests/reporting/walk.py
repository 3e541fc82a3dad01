# moved: tests/factories/walk.py
from tests.factories.walk import *  # noqa: F403
