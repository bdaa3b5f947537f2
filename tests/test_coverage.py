"""The coverage table in docs is what the marks of the tests make it."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT


def test_the_coverage_table_is_generated_from_the_marks() -> None:
    done = subprocess.run([sys.executable, "tools/coverage.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
