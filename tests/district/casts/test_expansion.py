from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.catalogue.edge_cases import load_edge_cases, read_edge_case
from harness.district.casts.expansion import KINDS, MISSING, ODD, TABLES, left_out
from harness.district.data_model.records import Role
from harness.errors import DocumentError
from harness.resources import EDGE_CASES, SCHEMAS

HEAD = """\
id: many
title: Many
why: Many.
group: values
provenance: synthetic
cast:
"""


def many(folder: Path, cast: str) -> Path:
    file = folder / "many.yaml"
    file.write_text(HEAD + cast, encoding="utf-8")
    return file


def test_a_member_with_each_stands_for_one_with_every_value(tmp_path: Path) -> None:
    case = read_edge_case(
        many(
            tmp_path,
            "  Ada: {student: {school: high, sections: [Art, classes of odd terms]}}\n"
            "  Art: {section: {teacher: Mr Ort}}\n"
            "  classes of odd terms: {section: {teacher: Mr Ort, term: the odd terms}}\n"
            "  the odd terms: {term: {school: high}, each: odd-value}\n"
            "  Mr Ort: {teacher: {school: high}}\n",
        )
    )

    members, terms = case.cast.members, case.cast.groups["the odd terms"]
    assert len(terms) == len(list(TABLES[ODD]("term")))
    assert "the odd terms" not in members
    assert members[terms[0]].raw.values == {"name": "CHAPTER TWO"}
    classes = case.cast.groups["classes of odd terms"]
    assert [members[name].thing.term for name in classes] == list(terms)  # type: ignore[union-attr]
    assert members["Ada"].roles["student"].sections == ("Art", *classes)


@pytest.mark.parametrize(
    ("cast", "message"),
    [
        ("  the odd: {student: {school: high}, each: odd-value}\n", "need a name"),
        ("  the odd: {district_admin: {}, name: {last: Lee}, each: value}\n", "not known here"),
        (
            "  the odd: {teacher: {school: high}, district_admin: {}, name: {last: Lee},"
            " each: odd-value}\n",
            "one role",
        ),
    ],
)
def test_who_cannot_stand_for_many_is_named(tmp_path: Path, cast: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_edge_case(many(tmp_path, cast))


def test_no_two_generated_records_of_a_kind_have_the_same_odd_value() -> None:
    for kind in KINDS:
        rows = [(row.path, row.value) for row in TABLES[ODD](kind)]
        assert len(set(rows)) == len(rows), kind


def test_every_field_that_may_be_missing_is_in_the_table_or_left_out_with_a_reason() -> None:
    for version in ("v3.0", "v3.1"):
        definitions = json.loads((SCHEMAS / f"clever-{version}.schema.json").read_text())["$defs"]
        for kind in (*Role, "section", "course", "term"):
            prefix = f"roles.{kind}." if kind in tuple(Role) else ""
            shape = definitions[kind.replace("_", "-")]
            varied = {(row.path, *row.words.split(" ")[:1]) for row in TABLES[MISSING](kind)}
            omitted = {row.path for row in left_out(MISSING, kind)}
            for name, field in shape["properties"].items():
                path = f"{prefix}{name}"
                if name not in shape.get("required", ()):
                    assert (path, "absent") in varied or path in omitted, path
                if field.get("x-nullable"):
                    assert (path, "null") in varied or path in omitted, path


def test_every_table_is_played_for_every_kind_it_has_values_for() -> None:
    patterns = [row for case in load_edge_cases(EDGE_CASES).values() for row in case.cast.patterns]

    for table, values in TABLES.items():
        for kind in KINDS:
            played = any(row.each == table and row.is_a(kind) for row in patterns)
            assert played == any(True for _ in values(kind)), (table, kind)
