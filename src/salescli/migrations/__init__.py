"""Alembic revisions of the book, imported only when a book is upgraded."""
