"""Topics that the user did not name."""

from toolkit.discovery.discovery import Discovery, discover

__all__ = ["Discovery", "discover"]
