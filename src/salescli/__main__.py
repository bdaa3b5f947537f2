"""Start of the program: the version without loading anything, everything else through salescli.cli."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line of this process and end it with the exit status."""
    if sys.argv[1:] == ["--version"]:
        from salescli import __version__

        sys.stdout.write(f"salescli {__version__}\n")
        return
    from salescli.cli import main

    sys.exit(main())


if __name__ == "__main__":
    run()
