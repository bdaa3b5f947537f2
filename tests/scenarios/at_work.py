"""A process at work on a book, for the tests that run several of them or kill one: it says when it begins and how each command ended.

    python at_work.py '[["customer", "add", "One"], …]'

Everything is loaded before "ready" is printed, so that what follows is the commands themselves.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys

from salescli.book.create import load_tables
from salescli.cli import main


def work(commands: list[list[str]]) -> None:
    """Run the commands; each one's exit status goes to standard output."""
    load_tables()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for command in commands:  # the same once for show loads what they need
            main([*command, "--dry-run"])
            break
    print("ready", flush=True)
    sys.stdin.readline()
    for command in commands:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as err:
            status = main(command)
        print(status, err.getvalue().strip().replace("\n", " | "), flush=True)


if __name__ == "__main__":
    work(json.loads(sys.argv[1]))
