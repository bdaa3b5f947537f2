"""Whole-process times: median of several runs after a warm-up, and the peak memory of the last one."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

RUNS = 7


class Time(NamedTuple):
    """Median wall milliseconds of a command, its peak memory in MiB, and its median processor time: steadier on a shared machine."""

    ms: float
    mib: float
    cpu: float


def environment(**more: str) -> dict[str, str]:
    """The environment of a measured process: bytecode is cached, output is plain UTF-8."""
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"} and not k.startswith("SALESCLI_")}
    return {**kept, "LC_ALL": "C.UTF-8", **more}


def process(argv: Sequence[str], *, runs: int = RUNS, **env: str) -> Time:
    """Median wall time of `runs` whole processes; raises when one fails (a benchmark of a failure says nothing)."""
    times, worked = [], []
    for number in range(runs + 1):
        before = _processor()
        start = time.perf_counter()
        done = subprocess.run(argv, env=environment(**env), capture_output=True, check=False)
        taken = (time.perf_counter() - start) * 1000
        if done.returncode:
            raise SystemExit(f"{' '.join(argv)}: exit {done.returncode}\n{done.stderr.decode()}")
        if number:
            times.append(taken)
            worked.append(_processor() - before)
    return Time(statistics.median(times), _peak(argv, env), statistics.median(worked))


def _processor() -> float:
    """Processor milliseconds of all processes started so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _peak(argv: Sequence[str], env: dict[str, str]) -> float:
    """Peak resident memory of one run in MiB, watched by a small process: a child starts with its parent's peak."""
    seen = subprocess.run([sys.executable, "-S", "-c", WATCH, *argv], env=environment(**env), capture_output=True, check=True)
    return int(seen.stdout) / 1024
