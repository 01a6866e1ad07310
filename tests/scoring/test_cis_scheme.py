from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from backend.tabulation import tabulate
from competitions.scoring.imports import (
    Problem,
    Rounding,
    check_report,
    read_cis_scheme,
    tabulation_nodes,
)

SAMPLE = (Path(__file__).parent.parent / "fixtures" / "worldskills-cis-scheme.xlsx").read_bytes()
REPORT = {
    "aspects": 149,
    "sub_criteria": 36,
    "marks": "100.00",
    "by_type": {"M": 123, "J": 26},
    "by_section": {"1": "5.00", "2": "5.00", "3": "25.00", "4": "25.00", "5": "40.00"},
    "problems": [],
}


def mutated(change: Callable[[Worksheet], object]) -> bytes:
    book = load_workbook(io.BytesIO(SAMPLE))
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(**cells: object) -> Callable[[Worksheet], None]:
    def change(page: Worksheet) -> None:
        for cell, value in cells.items():
            page[cell] = value

    return change


def places(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.cell, problem.code) for problem in problems]


def test_the_real_scheme_is_read_and_adds_up() -> None:
    scheme, problems = read_cis_scheme(SAMPLE, "scheme.xlsx")

    assert check_report(scheme, problems) == REPORT
    assert scheme is not None
    assert scheme.title == "17 Web Development"
    assert [(c.id, str(c.mark)) for c in scheme.criteria[:7]] == [
        ("A", "17"),
        ("B", "23"),
        ("C", "17"),
        ("D", "22"),
        ("E", "16"),
        ("F", "5"),
        ("G", "None"),
    ]
    assert [(s.number, s.name) for s in scheme.sections][2] == ("3", "Design Implementation")


def test_aspects_are_numbered_within_their_sub_criterion_with_their_levels() -> None:
    scheme, _problems = read_cis_scheme(SAMPLE)
    assert scheme is not None

    first = scheme.sub_criteria[0]

    assert (first.code, first.name, first.day, first.criterion) == ("A1", "Sub criterion 01", "1", "A")
    assert [(a.code, a.type, a.max, a.section, a.levels, a.row) for a in first.aspects] == [
        ("A1.1", "M", Decimal("0.5"), "3", (), 29),
        ("A1.2", "J", Decimal("0.5"), "3", ("text",) * 4, 30),
        ("A1.3", "J", Decimal("1"), "3", ("text",) * 4, 35),
    ]
    assert len({aspect.code for aspect in scheme.aspects}) == 149


def test_a_scheme_that_gives_99_5_names_every_place_that_disagrees() -> None:
    scheme, problems = read_cis_scheme(mutated(put(K35=0.5)))

    assert places(problems) == [("I7", "SECTION_SUM"), ("K15", "CRITERION_SUM"), ("N348", "TOTAL_MARKS")]
    assert [
        "24.50" in problems[0].message,
        "16.50" in problems[1].message,
        "99.50" in problems[2].message,
    ] == [
        True,
        True,
        True,
    ]
    assert check_report(scheme, problems)["marks"] == "99.50"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"D29": None}, [("D29", "ASPECT_TYPE")]),
        ({"D29": "O"}, [("D29", "ASPECT_TYPE")]),
        ({"D30": None}, [("D30", "ASPECT_TYPE")]),
        ({"D29": " m "}, []),
        ({"I29": 6}, [("I7", "SECTION_SUM"), ("I29", "ASPECT_SECTION")]),
        ({"I29": None}, [("I7", "SECTION_SUM"), ("I29", "ASPECT_SECTION")]),
        ({"I29": "３"}, []),
        ({"F33": 1}, [("D30", "JUDGEMENT_LEVELS"), ("F33", "JUDGEMENT_LEVELS")]),
        ({"F34": None, "G34": None}, [("D30", "JUDGEMENT_LEVELS")]),
        ({"F34": 4}, [("D30", "JUDGEMENT_LEVELS"), ("F34", "JUDGEMENT_LEVELS")]),
        ({"D30": "M"}, [("F31", "LEVELS_OF_MEASUREMENT")]),
        ({"A40": "A1"}, [("A40", "SUB_CRITERION_TWICE")]),
        ({"A40": "第二"}, [("K15", "CRITERION_SUM"), ("A40", "SUB_CRITERION_CODE")]),
        ({"A103": "Z4"}, [("K15", "CRITERION_SUM"), ("A103", "CRITERION_UNKNOWN")]),
        ({"A336": "G1"}, [("A336", "SUB_CRITERION_EMPTY")]),
        ({"K15": 16}, [("K15", "CRITERION_SUM")]),
        ({"K15": "siebzehn"}, [("K15", "CRITERION_MARK"), ("K15", "CRITERION_SUM")]),
        ({"I5": None}, [("I5", "SECTION_MARKS")]),
        ({"A16": "A"}, None),
    ],
)
def test_a_planted_fault_is_found_at_its_cell(cells: dict[str, object], expected: list[tuple[str, str]] | None) -> None:
    _scheme, problems = read_cis_scheme(mutated(put(**cells)))

    if expected is None:
        assert ("K15", "CRITERION_TWICE") in places(problems)
    else:
        assert places(problems) == expected


@pytest.mark.parametrize("value", [0, -1, 0.125, "0,5", "viel", None, "=1/2", True])
def test_a_maximum_that_is_no_mark_is_named(value: object) -> None:
    _scheme, problems = read_cis_scheme(mutated(put(K29=value)))

    assert ("K29", "ASPECT_MAX") in places(problems)


def test_a_maximum_written_as_text_or_with_binary_dust_is_taken() -> None:
    _scheme, problems = read_cis_scheme(mutated(put(K29="0.5", K30=0.1 + 0.4 + 1e-17)))

    assert problems == []


def test_an_aspect_outside_any_sub_criterion_is_named() -> None:
    _scheme, problems = read_cis_scheme(mutated(put(A28=None, B28=None, C28=None)))

    assert [place for place in places(problems) if place[1] == "ASPECT_OUTSIDE"] == [
        ("E29", "ASPECT_OUTSIDE"),
        ("E30", "ASPECT_OUTSIDE"),
        ("E35", "ASPECT_OUTSIDE"),
    ]


def test_all_problems_come_at_once_in_the_order_of_the_sheet() -> None:
    _scheme, problems = read_cis_scheme(mutated(put(D29=None, K30=0, F33=1, A40="A1")))

    assert places(problems) == [
        ("I7", "SECTION_SUM"),
        ("K15", "CRITERION_SUM"),
        ("D29", "ASPECT_TYPE"),
        ("D30", "JUDGEMENT_LEVELS"),
        ("K30", "ASPECT_MAX"),
        ("F33", "JUDGEMENT_LEVELS"),
        ("A40", "SUB_CRITERION_TWICE"),
        ("N348", "TOTAL_MARKS"),
    ]


def test_moved_rows_do_not_matter() -> None:
    def insert(page: Worksheet) -> None:
        for merged in list(page.merged_cells.ranges):
            page.unmerge_cells(str(merged))
        page.insert_rows(12, amount=3)
        page.insert_rows(2)

    scheme, problems = read_cis_scheme(mutated(insert))

    assert check_report(scheme, problems) == REPORT


def test_another_workbook_is_one_problem_and_an_empty_report() -> None:
    out = io.BytesIO()
    Workbook().save(out)

    scheme, problems = read_cis_scheme(out.getvalue())

    assert (scheme, places(problems)) == (None, [("A1", "NOT_CIS")])
    assert check_report(scheme, problems) == {
        "aspects": 0,
        "sub_criteria": 0,
        "marks": "0.00",
        "by_type": {"M": 0, "J": 0},
        "by_section": {},
        "problems": [{"cell": "A1", "code": "NOT_CIS", "message": problems[0].message}],
    }


@pytest.mark.parametrize(
    ("content", "code"), [(b"a,b\n1,2", "CSV"), (b"", "EMPTY_FILE"), (SAMPLE[:9000], "BROKEN_ZIP")]
)
def test_a_file_that_is_no_workbook_is_one_problem(content: bytes, code: str) -> None:
    assert places(read_cis_scheme(content)[1]) == [("", code)]


def test_the_scheme_becomes_nodes_that_sum_to_its_marks() -> None:
    rounding = Rounding(judgement={"digits": 2, "mode": "half_up"}, total={"digits": 2, "mode": "half_up"})
    scheme, _problems = read_cis_scheme(SAMPLE)
    assert scheme is not None

    document = tabulation_nodes(scheme, rounding=rounding)

    nodes = {str(node["code"]): node for node in document["nodes"]}  # type: ignore[attr-defined]
    assert (document["total"], len(nodes)) == ("total", 149 + 36 + 6 + 1)
    assert nodes["A1.1"] == {
        "code": "A1.1",
        "kind": "measurement",
        "max": "0.50",
        "name": "Aspect 001",
        "section": "3",
    }
    assert nodes["A1.2"] == {
        "code": "A1.2",
        "kind": "judgement",
        "levels": 3,
        "max": "0.50",
        "name": "Aspect 002",
        "section": "3",
        "round": {"digits": 2, "mode": "half_up"},
    }
    assert nodes["A1"] == {
        "code": "A1",
        "kind": "sum",
        "of": ["A1.1", "A1.2", "A1.3"],
        "name": "Sub criterion 01",
    }
    assert nodes["total"] == {
        "code": "total",
        "kind": "sum",
        "of": ["A", "B", "C", "D", "E", "F"],
        "round": {"digits": 2, "mode": "half_up"},
    }
    leaves = [node for node in nodes.values() if node["kind"] in ("measurement", "judgement")]
    assert sum(Decimal(str(node["max"])) for node in leaves) == 100


def test_without_rounding_in_the_rules_nothing_is_rounded() -> None:
    scheme, _problems = read_cis_scheme(SAMPLE)
    assert scheme is not None

    document = tabulation_nodes(scheme, rounding=Rounding())

    assert [node for node in document["nodes"] if "round" in node] == []  # type: ignore[attr-defined]


def test_the_engine_takes_the_nodes_and_full_marks_give_the_whole() -> None:
    scheme, _problems = read_cis_scheme(SAMPLE)
    assert scheme is not None
    two_digits = {"digits": 2, "mode": "half_up"}
    marks: list[dict[str, str]] = []
    for aspect in scheme.aspects:
        mark = {"entry": "E01", "node": aspect.code}
        if aspect.type == "M":
            marks.append({**mark, "value": str(aspect.max)})
        else:
            marks.extend({**mark, "judge": judge, "value": "3"} for judge in ("J1", "J2", "J3"))

    results = tabulate(
        {
            "format": "tabulation/1",
            "event": {"code": "17"},
            "scheme": tabulation_nodes(scheme, rounding=Rounding(two_digits, two_digits)),
            "entries": [{"code": "E01"}],
            "marks": marks,
            "ranking": {"by": [["total", "desc"]]},
        }
    )

    assert (results["complete"], results["results"][0]["total"]) == (True, "100.00")
