"""Fixtures of the tests of the desk."""

from desk_office import cheap_hashes, office

__all__ = ["cheap_hashes", "office"]
