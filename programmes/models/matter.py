from typing import Protocol

from actors.subject import HasSubject

from .programme import Programme


class Matter(HasSubject, Protocol):
    """A row of some programme's, or a programme as a whole."""

    @property
    def programme(self) -> Programme: ...
