"""Names in the text: who, where, which organisation, which day, how much - and which of them are one and the same."""

from toolkit.entities.find import Found, find
from toolkit.entities.join import apply, fit
from toolkit.entities.recognizers import called
from toolkit.entities.where import known_places

__all__ = ["Found", "apply", "called", "find", "fit", "known_places"]
