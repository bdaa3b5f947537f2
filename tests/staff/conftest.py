"""A small office: a manager, two teams, finance, service, the cron identity."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

PEOPLE = (
    'MA "Ma Lin" --role manager --superior ADMIN --region Head',
    'WANG "Wang Fang" --role supervisor --superior MA --region East --post "team leader"',
    'LI 李雷 --role rep --superior WANG --region East --phone 13811112222 --hired 2026-01-05',
    'HAN 韩梅梅 --role rep --superior WANG --region East',
    'ZHOU "Zhou Wei" --role supervisor --superior MA --region West',
    'ZENG 曾伟 --role rep,support --superior ZHOU --region West',
    'FIN "Fu Jin" --role finance --superior ADMIN',
    'NIGHT Nightly --role cron',
)  # fmt: skip


@pytest.fixture
@made_once
def office(book):
    for line in PEOPLE:
        book.ok(f"staff add {line}")
