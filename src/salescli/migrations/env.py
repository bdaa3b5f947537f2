"""Runs revisions on the connection `book.upgrade` hands over: one transaction around all of them, begun and ended there."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
