"""The programmes that reporting walks are read here too."""

from tests.reporting.conftest import browse, here, made, municipalities  # noqa: F401
