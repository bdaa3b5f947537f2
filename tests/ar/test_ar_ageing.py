"""Ageing and overdue list of a book worked out by hand, at five days, in every format (AR-04)."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys

import pytest

BANDS = ("not_due", "d1_30", "d31_60", "d61_90", "d91_180", "d181_plus")
KEYS = ["key", "name", "total", *BANDS, "unallocated"]
DAYS = ("2026-07-10", "2026-09-10", "2026-10-30", "2026-10-31", "2026-11-03")


def aged(total: str, unallocated: str = "0.00", **bands: str) -> dict[str, str]:
    return {"total": total, **{band: bands.get(band, "0.00") for band in BANDS}, "unallocated": unallocated}


BY_CUSTOMER = {
    "2026-07-10": {  # I02 is due that very day
        "C1": aged("3500.50", d91_180="1000.00", not_due="2500.50"),
        "C2": aged("640.00", not_due="640.00"),
        "C3": aged("450.00", d91_180="450.00"),
    },
    "2026-09-10": {  # the credit note is not there yet; 50.00 of P3 wait for I10
        "C1": aged("3700.50", d91_180="400.00", d61_90="2500.50", d1_30="800.00"),
        "C2": aged("2140.00", d31_60="640.00", not_due="1500.00"),
        "C3": aged("-50.00", unallocated="50.00"),
    },
    "2026-10-30": {  # I06 is 30 days late, I07 due today; P4 comes later
        "C1": aged("4500.50", "100.00", d181_plus="100.00", d91_180="2500.50", d31_60="800.00", not_due="1200.00"),
        "C2": aged("2440.29", d1_30="1140.00", not_due="1300.29"),
        "C3": aged("700.00", d1_30="700.00"),
    },
    "2026-10-31": {  # I06 is 31 days late, I10 30
        "C1": aged("4500.50", "100.00", d181_plus="100.00", d91_180="2500.50", d31_60="800.00", not_due="1200.00"),
        "C2": aged("2440.29", d31_60="1140.00", d1_30="300.30", not_due="999.99"),
        "C3": aged("700.00", d1_30="700.00"),
    },
    "2026-11-03": {  # P4 has paid I06
        "C1": aged("4500.50", "100.00", d181_plus="100.00", d91_180="2500.50", d31_60="800.00", d1_30="1200.00"),
        "C2": aged("1300.29", d1_30="300.30", not_due="999.99"),
        "C3": aged("700.00", d31_60="650.00", d1_30="50.00"),
    },
}
ORDER = {"2026-07-10": "C1 C3 C2", "2026-09-10": "C1 C2 C3", "2026-10-30": "C1 C2 C3", "2026-10-31": "C1 C2 C3", "2026-11-03": "C1 C3 C2"}
TOTAL = {"2026-07-10": "4590.50", "2026-09-10": "5790.50", "2026-10-30": "7640.79", "2026-10-31": "7640.79", "2026-11-03": "6500.79"}

# receivable -> (days, open), the longest first
OVERDUE = {
    "2026-07-10": {"I09": (146, "450.00"), "I01": (100, "1000.00")},
    "2026-09-10": {"I01": (162, "400.00"), "I02": (62, "2500.50"), "I05": (41, "640.00"), "I03": (6, "800.00")},
    "2026-10-30": {
        "I01": (212, "100.00"), "I02": (112, "2500.50"), "I03": (56, "800.00"), "I06": (30, "1140.00"), "I10": (29, "650.00"),
        "I11": (5, "50.00"),
    },
    "2026-10-31": {
        "I01": (213, "100.00"), "I02": (113, "2500.50"), "I03": (57, "800.00"), "I06": (31, "1140.00"), "I10": (30, "650.00"),
        "I11": (6, "50.00"), "I07": (1, "300.30"),
    },
    "2026-11-03": {
        "I01": (216, "100.00"), "I02": (116, "2500.50"), "I03": (60, "800.00"), "I10": (33, "650.00"), "I11": (9, "50.00"),
        "I07": (4, "300.30"), "I04": (3, "1200.00"),
    },
}  # fmt: skip


def by_key(rows) -> dict[str, dict[str, str]]:
    return {row["key"]: {k: v for k, v in row.items() if k not in ("key", "name")} for row in rows}


@pytest.mark.rule("AR-04")
@pytest.mark.parametrize("day", DAYS)
def test_ageing_by_customer(debts, day: str) -> None:
    told = debts.ok(f"ar aging --as-of {day} -f json").json()
    assert told["schema"] == "salescli.ar-aging/1"
    assert told["as_of"] == day
    assert all(list(row) == KEYS for row in told["rows"])
    assert by_key(told["rows"]) == BY_CUSTOMER[day]
    assert [row["key"] for row in told["rows"]] == ORDER[day].split()
    assert told["totals"]["total"] == TOTAL[day]


@pytest.mark.rule("AR-04")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("basis", ["due", "invoice"])
def test_every_view_has_the_same_totals(debts, day: str, basis: str) -> None:
    whole = debts.ok(f"ar aging --as-of {day} --basis {basis} -f json").json()
    assert whole["totals"]["total"] == TOTAL[day]
    for by in ("staff", "region", "receivable"):
        view = debts.ok(f"ar aging --as-of {day} --by {by} --basis {basis} -f json").json()
        assert view["totals"] == whole["totals"], by
        for row in view["rows"]:
            cents = {k: round(float(v) * 100) for k, v in row.items() if k not in ("key", "name")}
            assert cents["total"] == sum(cents[band] for band in BANDS) - cents["unallocated"], (by, row)


@pytest.mark.rule("AR-04", "AR-02")
def test_by_staff_is_the_owner_of_the_receivable_and_money_lies_with_the_customers(debts) -> None:
    rows = by_key(debts.rows("ar aging --as-of 2026-10-31 --by staff"))
    assert rows == {
        "S1": aged("4400.50", "100.00", d181_plus="100.00", d91_180="2500.50", d1_30="700.00", not_due="1200.00"),
        "S2": aged("3240.29", d31_60="1940.00", d1_30="300.30", not_due="999.99"),
    }


@pytest.mark.rule("AR-04")
def test_by_region_is_the_customers(debts) -> None:
    rows = by_key(debts.rows("ar aging --as-of 2026-10-31 --by region"))
    now = BY_CUSTOMER["2026-10-31"]
    assert rows == {"华东": now["C1"], "华北": now["C2"], "华南": now["C3"]}


@pytest.mark.rule("AR-04")
def test_by_receivable_shows_money_under_its_own_number(debts) -> None:
    rows = debts.rows("ar aging --as-of 2026-09-10 --by receivable")
    assert {row["key"]: row["total"] for row in rows} == {
        "I01": "400.00", "I02": "2500.50", "I03": "800.00", "I05": "640.00", "I06": "1500.00", "P3": "-50.00",
    }  # fmt: skip
    assert {row["name"] for row in rows} == {"华信科技", "Northwind Traders", "蓝天贸易"}


@pytest.mark.rule("AR-04")
def test_basis_invoice_counts_from_the_receivables_date(debts) -> None:
    rows = by_key(debts.rows("ar aging --as-of 2026-10-31 --basis invoice"))
    assert rows == {
        "C1": aged("4500.50", "100.00", d181_plus="100.00", d91_180="2500.50", d61_90="800.00", d1_30="1200.00"),
        "C2": aged("2440.29", d61_90="1140.00", d31_60="300.30", d1_30="999.99"),
        "C3": aged("700.00", d31_60="650.00", d1_30="50.00"),
    }
    assert by_key(debts.rows("ar aging --as-of 2026-10-25 --basis invoice"))["C3"]["not_due"] == "50.00"  # day 0


@pytest.mark.rule("AR-04")
def test_other_bands_are_other_columns(debts) -> None:
    debts.ok("policy set ar.bands 10,45 --from 2026-10-31")
    row = debts.rows("ar aging --as-of 2026-10-31")[0]
    assert list(row) == ["key", "name", "total", "not_due", "d1_10", "d11_45", "d46_plus", "unallocated"]
    assert (row["key"], row["d46_plus"], row["not_due"]) == ("C1", "3400.50", "1200.00")
    assert list(debts.rows("ar aging --as-of 2026-10-30")[0]) == KEYS  # a past day reads that day's policy


@pytest.mark.rule("AR-04", "AR-05")
@pytest.mark.parametrize("day", DAYS)
def test_overdue(debts, day: str) -> None:
    told = debts.ok(f"ar overdue --as-of {day} -f json").json()
    assert {row["receivable"]: (row["days_overdue"], row["open"]) for row in told["rows"]} == OVERDUE[day]
    assert [row["receivable"] for row in told["rows"]] == list(OVERDUE[day])
    assert {(row["stage"], row["next_step"], row["last_contact"]) for row in told["rows"]} == {("due", "phone", None)}
    assert told["totals"]["open"] == f"{sum(float(open_) for _days, open_ in OVERDUE[day].values()):.2f}"
    for limit in (1, 2, 4, 99):  # what is read for the first rows only is the head of the whole, under the whole's total
        some = debts.ok(f"ar overdue --as-of {day} --limit {limit} -f json").json()
        assert (some["rows"], some["totals"]) == (told["rows"][:limit], told["totals"])


@pytest.mark.rule("AR-04")
def test_an_overdue_row_has_the_keys_scripts_read(debts) -> None:
    assert debts.rows("ar overdue --as-of 2026-10-31 --limit 1") == [
        {
            "receivable": "I01", "order": "SO-1", "customer": "C1", "customer_name": "华信科技", "staff": "S1", "contact": "陈静",
            "phone": "13812345678", "due_date": "2026-04-01", "days_overdue": 213, "amount": "1000.00", "open": "100.00", "stage": "due",
            "next_step": "phone", "last_contact": None,
        }
    ]  # fmt: skip


@pytest.mark.rule("AR-04")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--min-days 31", "I01 I02 I03 I06"),
        ("--min-days 32", "I01 I02 I03"),
        ("--min-days 0", "I01 I02 I03 I06 I10 I11 I07 I04"),
        ("--min-days -19", "I01 I02 I03 I06 I10 I11 I07 I04 I08"),
        ("--staff S2", "I03 I06 I07"),
        ("--staff mary --min-days 31", "I03 I06"),
    ],
)
def test_overdue_options(debts, options: str, expected: str) -> None:
    rows = debts.rows(f"ar overdue --as-of 2026-10-31 {options}")
    assert [row["receivable"] for row in rows] == expected.split()


@pytest.mark.rule("AR-03", "AR-05")
def test_before_the_due_date_a_payment_request_is_next(debts) -> None:
    rows = {row["receivable"]: row for row in debts.rows("ar overdue --as-of 2026-10-31 --min-days -30")}
    assert (rows["I08"]["days_overdue"], rows["I08"]["stage"], rows["I08"]["next_step"]) == (-19, "payment_request", "payment_request")
    assert (rows["I04"]["days_overdue"], rows["I04"]["stage"], rows["I04"]["next_step"]) == (0, "due", "phone")


@pytest.mark.rule("AR-05")
def test_the_ladder_is_a_policy(debts) -> None:
    debts.ok("policy set dunning.steps letter,visit,legal")
    assert {row["next_step"] for row in debts.rows("ar overdue")} == {"letter"}


@pytest.mark.rule("AR-04")
def test_exit_code(debts) -> None:
    assert debts.run("ar overdue --exit-code").exit == 10
    assert debts.run("ar overdue --exit-code --min-days 400").exit == 0
    assert debts.run("ar overdue --exit-code --as-of 2026-01-31").exit == 0


# --- scope -------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-07")
def test_a_rep_sees_his_own_in_rows_and_totals(debts) -> None:
    mine = debts.ok("ar aging --as-of 2026-10-31 -f json", user="S2").json()
    assert by_key(mine["rows"]) == {"C1": aged("800.00", d31_60="800.00"), "C2": BY_CUSTOMER["2026-10-31"]["C2"]}
    assert mine["totals"]["total"] == "3240.29"
    assert [row["receivable"] for row in debts.rows("ar overdue --as-of 2026-10-31", user="S2")] == ["I03", "I06", "I07"]
    his = debts.ok("ar aging --as-of 2026-10-31 -f json", user="S1").json()
    assert his["totals"]["total"] == "4400.50"
    assert his["totals"]["unallocated"] == "100.00"


@pytest.mark.rule("ORG-07")
def test_the_warehouse_is_not_told_that_nothing_is_owed(debts) -> None:
    for line in ("ar aging", "ar overdue", "ar list --period 2026", "ar receipts", "ar show I03"):
        refused = debts.run(line, user="WH")
        assert (refused.exit, refused.out, "receivable.read" in refused.err) == (7, "", True)


@pytest.mark.rule("ORG-08")
def test_phones_are_masked_by_role(debts) -> None:
    def phone(user: str) -> str:
        return next(row["phone"] for row in debts.rows("ar overdue --as-of 2026-10-31", user=user) if row["receivable"] == "I03")

    assert phone("GM") == "13812345678"
    assert phone("FIN") == "138****5678"
    assert phone("S2") == "138****5678"  # he owns the receivable, not the customer


@pytest.mark.rule("DAT-02")
def test_rows_beyond_ones_own_leave_a_line_in_the_history(debts) -> None:
    def exports() -> list[tuple[str, str]]:
        return debts.sql("select verb, after from history where verb like 'export%' order by id desc limit 1")

    debts.ok("ar overdue -f json", user="S1")
    assert exports() == []
    debts.ok("ar aging -o aging.csv", user="GM")
    assert exports() == [("export ar-aging", "aging.csv")]


# --- formats -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_plain_text(debts, golden, day: str, lang: str) -> None:
    told = [debts.ok(f"ar {line} --as-of {day}", lang=lang).out for line in ("aging", "aging --by staff --basis invoice", "overdue")]
    golden(f"ar/{day}.{lang}.txt", "\n".join(told))


@pytest.mark.parametrize("day", DAYS)
def test_csv(debts, day: str) -> None:
    rows = list(csv.DictReader(io.StringIO(debts.ok(f"ar aging --as-of {day} -f csv").out.removeprefix("\ufeff"))))
    assert {next(iter(row.values())): list(row.values())[2:] for row in rows} == {
        key: list(figures.values()) for key, figures in BY_CUSTOMER[day].items()
    }


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_xlsx_read_back(debts, day: str, lang: str) -> None:
    from python_calamine import CalamineWorkbook

    debts.ok(f"ar aging --as-of {day} -o aging.xlsx", lang=lang)
    debts.ok(f"ar overdue --as-of {day} -o overdue.xlsx", lang=lang)
    sheets = [
        CalamineWorkbook.from_path(str(debts.folder / f"{name}.xlsx")).get_sheet_by_index(0).to_python() for name in ("aging", "overdue")
    ]
    found = {row[0]: [f"{cell:.2f}" for cell in row[2:10]] for row in sheets[0] if row[0] in BY_CUSTOMER[day]}
    assert found == {key: list(figures.values()) for key, figures in BY_CUSTOMER[day].items()}
    late = {row[0]: (int(row[8]), f"{row[10]:.2f}") for row in sheets[1] if row[0] in OVERDUE[day]}
    assert late == OVERDUE[day]


@pytest.mark.parametrize("form", ["table", "md", "html"])
@pytest.mark.parametrize("day", DAYS)
def test_the_formats_for_people_show_the_same_figures(debts, form: str, day: str) -> None:
    told = debts.ok(f"ar aging --as-of {day} -f {form}", env={"COLUMNS": "160"}).out
    for figures in BY_CUSTOMER[day].values():
        assert f"{float(figures['total']):,.2f}" in told
    assert f"{float(TOTAL[day]):,.2f}" in told


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_to_show_says_so_on_standard_error(book, golden, lang: str) -> None:
    told = [book.ok(line, lang=lang) for line in ("ar aging", "ar overdue", "ar list", "ar receipts --open")]
    assert [result.out for result in told] == [""] * 4
    golden(f"ar/empty.{lang}.txt", "".join(result.err for result in told))


@pytest.mark.proof
@pytest.mark.parametrize("day", DAYS)
def test_libreoffice_shows_the_same_figures(debts, day: str) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    debts.ok(f"ar aging --as-of {day} -o aging.xlsx")
    profile = f"-env:UserInstallation=file://{debts.folder}/office"
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", as_shown, "aging.xlsx"], cwd=debts.folder, check=True, capture_output=True
    )
    rows = {row[0]: row[2:10] for row in csv.reader((debts.folder / "aging.csv").open(encoding="utf-8")) if row}
    shown = {key: [cell.replace(",", "") for cell in rows[key]] for key in BY_CUSTOMER[day]}
    assert shown == {key: list(figures.values()) for key, figures in BY_CUSTOMER[day].items()}


@pytest.mark.rule("AR-04")
def test_the_overdue_job_runs_without_terminal_locale_or_home(debts) -> None:
    command = [sys.executable, "-m", "salescli", "ar", "overdue", "--exit-code", "-o", "overdue.csv"]
    bare = {"SALESCLI_DB": str(debts.path), "SALESCLI_DATE": "2026-11-03", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=bare, cwd=debts.folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (10, b"", b"")
    assert "华信科技" in (debts.folder / "overdue.csv").read_text(encoding="utf-8-sig")
    quiet = subprocess.run([*command, "--min-days", "999"], env=bare, cwd=debts.folder, capture_output=True, timeout=60, check=False)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, b"", b"")
