"""salescli: a sales office's books in one SQLite file."""

__version__ = "0.1.0"
