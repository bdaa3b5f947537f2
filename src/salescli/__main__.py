"""Start and end of the process: the version without loading anything, everything else through salescli.cli."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line of this process and end it with the exit status."""
    if sys.argv[1:] == ["--version"]:
        from salescli import __version__

        sys.stdout.write(f"salescli {__version__}\n")
        return
    import gc
    import os

    # A command lives a tenth of a second: collecting while modules load costs 8 ms of it, taking them apart at the end 9 ms.
    # Long imports still collect, only less often; main() has flushed what was to be said.
    gc.set_threshold(100_000, 20, 20)
    from salescli.cli import main

    os._exit(main())


if __name__ == "__main__":
    run()
