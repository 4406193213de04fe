from __future__ import annotations

import datetime as dt
import re
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from harness.catalogue.edge_cases import Provenance, load_edge_cases, read_edge_case
from harness.district.build import build_district
from harness.district.casts.cast import ChangeStep, CoursePart, SectionPart, TermPart
from harness.district.casts.cast_file import read_cast
from harness.district.casts.changes import apply_change
from harness.district.casts.verbs import VERBS
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.errors import DocumentError
from harness.resources import EDGE_CASES

GOOD = """\
id: student-returns
title: A student leaves and comes back
why: An app that deletes loses the work.
group: leaving
provenance: documented
source: dev.clever.com/docs/users
asked_by: [R6, q:restored-records, A9]
cast:
  Maya: {student: {school: elementary, sections: [Art]}}
  Leo: {student: {school: elementary, grade: 5, sections: [Art]}, email: none}
  Art: {section: {teachers: [Mr Okoye, Ms Ito], course: Crafts, term: Spring, subject: other}}
  Crafts: {course: {name: Arts and Crafts, number: "007"}}
  Spring: {term: {school: elementary, name: S2, starts: -30, ends: 60}}
  Mr Okoye: {teacher: {school: elementary}, name: {first: Chi}}
  Ms Ito: {teacher: {schools: [middle, campus]}, staff: {schools: [high]}, away: true}
  Boss: {district_admin: {}, unshared: true}
  Ana: {contact: {of: {Maya: Parent}, fields: {phone: ""}}}
changes:
  Maya leaves: {leave: Maya}
  a busy day:
    - {return: Maya}
    - {move: {student: Maya, from: Art, to: [Art]}}
"""


def write(folder: Path, text: str, name: str = "student-returns") -> Path:
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def complaint(folder: Path, old: str, new: str) -> str:
    """The complaint about the good edge case with one thing replaced."""
    assert GOOD.count(old) == 1
    file = write(folder, GOOD.replace(old, new))
    with pytest.raises(DocumentError) as caught:
        read_edge_case(file)
    return str(caught.value).removeprefix(f"{folder}/")


def test_an_edge_case_is_read_whole(tmp_path: Path) -> None:
    case = read_edge_case(write(tmp_path, GOOD))

    members = case.cast.members
    assert (case.id, case.group, case.provenance) == (
        "student-returns",
        "leaving",
        Provenance.DOCUMENTED,
    )
    assert case.source == "dev.clever.com/docs/users"
    assert case.asked_by == ("R6", "q:restored-records", "A9")
    assert case.cast.edge_case == case.id
    assert members["Maya"].roles["student"].grade == "2"
    assert members["Leo"].roles["student"].grade == "5"
    assert (members["Maya"].email, members["Leo"].email) == (None, "")
    assert members["Art"].thing == SectionPart(
        school="elementary",
        teachers=("Mr Okoye", "Ms Ito"),
        course="Crafts",
        term="Spring",
        fields={"subject": "other"},
    )
    assert members["Crafts"].thing == CoursePart(label="Arts and Crafts", number="007")
    assert members["Spring"].thing == TermPart(school="elementary", label="S2", starts=-30, ends=60)
    assert members["Mr Okoye"].first == "Chi"
    assert members["Ms Ito"].roles["teacher"].schools == ("middle", "campus")
    assert members["Ms Ito"].roles["staff"].schools == ("high",)
    assert (members["Ms Ito"].away, members["Boss"].unshared) == (True, True)
    assert members["Ana"].roles["contact"].children == {"Maya": "Parent"}
    assert members["Ana"].roles["contact"].fields == {"phone": ""}
    assert case.cast.changes["Maya leaves"] == (
        ChangeStep(verb="leave", line=19, values={"who": "Maya"}),
    )
    assert [step.verb for step in case.cast.changes["a busy day"]] == ["return", "move"]
    assert case.cast.changes["a busy day"][1].values == {
        "student": "Maya",
        "from": ("Art",),
        "to": ("Art",),
    }


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "id: student-returns",
            "id: student-return",
            'student-returns.yaml:1 at id: the file is called "student-returns", '
            'the edge case "student-return"',
        ),
        (
            "title: A student leaves and comes back",
            f"title: {'x' * 71}",
            "student-returns.yaml:2 at title: 71 characters, at most 70 fit",
        ),
        (
            "loses the work.",
            "loses the work",
            "student-returns.yaml:3 at why: expected one or two sentences with a full stop",
        ),
        (
            "loses the work.",
            "loses. It does. Often.",
            "student-returns.yaml:3 at why: expected one or two sentences with a full stop",
        ),
        (
            "provenance: documented",
            "provenance: document",
            'student-returns.yaml:5 at provenance: "document" is not known here; '
            'did you mean "documented"?',
        ),
        (
            "group: leaving",
            "groop: leaving",
            'student-returns.yaml:4 at groop: unknown key; did you mean "group"?',
        ),
        (
            "source: dev",
            "sauce: dev",
            'student-returns.yaml:6 at sauce: unknown key; did you mean "source"?',
        ),
        (
            "asked_by: [R6, q:",
            "asked_by: [R6, question:",
            'student-returns.yaml:7 at asked_by: unknown reference "question:restored-records"; '
            "write a requirement (R7), a question",
        ),
        (
            "[R6, q:restored-records, A9]",
            "[R6, A9, A9]",
            "student-returns.yaml:7 at asked_by: duplicate reference",
        ),
        (
            "sections: [Art]}}\n  Leo",
            "sections: [Arts]}}\n  Leo",
            'student-returns.yaml:9 at cast.Maya.student: the cast has no section "Arts"; '
            'did you mean "Art"?',
        ),
        (
            "Maya: {student: {school: elementary,",
            "Maya: {student: {school: elementry,",
            'student-returns.yaml:9 at cast.Maya.student.school: there is no school "elementry"; '
            'did you mean "elementary"?',
        ),
        (
            "grade: 5",
            "grade: K",
            'student-returns.yaml:10 at cast.Leo.student.grade: "K" is not known here; choose',
        ),
        (
            "teachers: [Mr Okoye, Ms Ito]",
            "teachers: [Mr Okoye, Leo]",
            'student-returns.yaml:11 at cast.Art.section: the cast has no teacher "Leo"; choose',
        ),
        (
            "course: Crafts,",
            "course: Craft,",
            'student-returns.yaml:11 at cast.Art.section: the cast has no course "Craft"; '
            'did you mean "Crafts"?',
        ),
        (
            "term: Spring,",
            "term: Autumn,",
            'student-returns.yaml:11 at cast.Art.section: the cast has no term "Autumn"; '
            "choose from Spring",
        ),
        (
            "subject: other",
            "subject: maths",
            'student-returns.yaml:11 at cast.Art.section.subject: "maths" is not known here; '
            'did you mean "math"?',
        ),
        (
            "Boss: {district_admin: {}, unshared: true}",
            "Boss: {district_boss: {}, unshared: true}",
            "student-returns.yaml:16 at cast.Boss: a member needs a role, or is a section, "
            'a course, a term or a school; did you mean "district_admin"?',
        ),
        (
            "Boss: {district_admin: {}, unshared: true}",
            "high: {district_admin: {}}",
            "student-returns.yaml:16 at cast.high: this is the name of a school",
        ),
        (
            "Boss: {district_admin: {}, unshared: true}",
            "Boss: {district_admin: {}, student: {school: high}}",
            "student-returns.yaml:16 at cast.Boss: a student or a contact has no other role",
        ),
        (
            "Boss: {district_admin: {}, unshared: true}",
            "Boss: {course: {}, student: {school: high}}",
            "student-returns.yaml:16 at cast.Boss: a course has no other role",
        ),
        (
            "unshared: true",
            "shared: true",
            'student-returns.yaml:16 at cast.Boss.shared: unknown key; did you mean "unshared"?',
        ),
        (
            "of: {Maya: Parent}",
            "of: {Maya: Mother}",
            'student-returns.yaml:17 at cast.Ana.contact.of.Maya: "Mother" is not known here; ',
        ),
        (
            "of: {Maya: Parent}",
            "of: {}",
            "student-returns.yaml:17 at cast.Ana.contact.of: a contact is somebody's contact",
        ),
        (
            'fields: {phone: ""}',
            'fields: {fone: ""}',
            "student-returns.yaml:17 at cast.Ana.contact.fields.fone: a contact has no field of "
            'this name to set; did you mean "phone"?',
        ),
        (
            "{leave: Maya}",
            "{leaf: Maya}",
            "student-returns.yaml:19 at changes.Maya leaves.leaf: there is no such verb; "
            'did you mean "leave"?',
        ),
        (
            "{leave: Maya}",
            "{leave: Mya}",
            "student-returns.yaml:19 at changes.Maya leaves.leave: the cast has no member or "
            'school "Mya"; did you mean "Maya"?',
        ),
        (
            "{leave: Maya}",
            "{leave: Maya, return: Maya}",
            "student-returns.yaml:19 at changes.Maya leaves: a step has one verb, found leave, "
            "return; write a list of steps",
        ),
        (
            "to: [Art]",
            "into: [Art]",
            'student-returns.yaml:22 at changes.a busy day[1].move: the key "to" is missing',
        ),
        (
            "student: Maya, from: Art",
            "student: Boss, from: Art",
            "student-returns.yaml:22 at changes.a busy day[1].move.student: the cast has no "
            'student "Boss"; choose from Leo, Maya',
        ),
        (
            "to: [Art]",
            "to: [Art], at: noon",
            "student-returns.yaml:22 at changes.a busy day[1].move.at: unknown key; choose from",
        ),
        (
            "{leave: Maya}",
            "{rename: {who: Maya}}",
            "student-returns.yaml:19 at changes.Maya leaves.rename: cannot be renamed so; "
            "give first, middle, last",
        ),
        (
            "{leave: Maya}",
            "{rename: {who: Maya, name: May}}",
            "student-returns.yaml:19 at changes.Maya leaves.rename.name: cannot be renamed so; "
            "give first, middle, last",
        ),
        (
            "{leave: Maya}",
            "{gain-role: {person: Ms Ito}}",
            "student-returns.yaml:19 at changes.Maya leaves.gain-role: one role to gain; "
            "give one of teacher, staff, district_admin",
        ),
        (
            "{leave: Maya}",
            "{edit: {who: Crafts, fields: {}}}",
            "student-returns.yaml:19 at changes.Maya leaves.edit.who: only people, sections and "
            "schools have fields to edit",
        ),
        (
            "{leave: Maya}",
            "{edit: {who: high, fields: {name: High}}}",
            "student-returns.yaml:19 at changes.Maya leaves.edit.fields.name: a school has no ",
        ),
        (
            "{leave: Maya}",
            "{edit: {who: Maya, fields: {hair: red}}}",
            "student-returns.yaml:19 at changes.Maya leaves.edit.fields.hair: a student has no "
            "field of this name to set",
        ),
        (
            "Maya: {student: {school: elementary,",
            "Maya: {student: {school: [high, middle],",
            "student-returns.yaml:9 at cast.Maya.student.school: a student has one school of",
        ),
        (
            "teachers: [Mr Okoye, Ms Ito]",
            "teacher: none",
            "student-returns.yaml:11 at cast.Art: a section without a teacher needs a school",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_exists_instead(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert complaint(tmp_path, old, new).startswith(expected)


def test_a_cast_needs_somebody(tmp_path: Path) -> None:
    head = GOOD.partition("cast:")[0]
    with pytest.raises(DocumentError, match="a cast needs somebody"):
        read_edge_case(write(tmp_path, head + "cast: {}\n"))


def test_changes_may_be_missing(tmp_path: Path) -> None:
    case = read_edge_case(write(tmp_path, GOOD.partition("changes:")[0]))

    assert case.cast.changes == {}


def test_a_folder_is_loaded_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write(tmp_path, GOOD.replace("id: student-returns", f"id: {name}"), name)
    (tmp_path / "README.md").write_text("no edge case")

    assert list(load_edge_cases(tmp_path)) == ["a", "b"]


def test_the_edge_cases_we_ship_load() -> None:
    assert len(load_edge_cases(EDGE_CASES)) == len(list(EDGE_CASES.glob("*.yaml")))


def test_every_example_of_the_readme_changes_something(tmp_path: Path) -> None:
    page = (EDGE_CASES / "README.md").read_text(encoding="utf-8").partition("## The changes")[2]
    cast = textwrap.dedent(re.findall(r"(?:^    .*\n)+", page, re.MULTILINE)[0])
    steps = re.findall(r"^\| `[a-z-]+` \| `(.+?)` \|", page, re.MULTILINE)
    changes = "".join(f"  {number}: {{{step}}}\n" for number, step in enumerate(steps))
    head = GOOD.partition("cast:")[0]
    case = read_edge_case(write(tmp_path, f"{head}{cast}changes:\n{changes}"))
    day = dt.date(2026, 3, 2)
    sis = build_district((case.cast,), seed=1, salt="a", run_date=day, size=FIVE_SMALL_SCHOOLS)
    undoing = {"return: Maya": "leave: Maya", "share: Maya": "unshare: Maya"}

    assert {step.verb for row in case.cast.changes.values() for step in row} == set(VERBS)
    for number, step in enumerate(steps):
        before = sis
        if step in undoing:
            before = apply_change(sis, case.cast, str(steps.index(undoing[step])))
        assert apply_change(before, case.cast, str(number)) != before, step


def test_a_cast_read_alone_is_that_of_the_edge_case() -> None:
    for case in load_edge_cases(EDGE_CASES).values():
        assert read_cast(case.file) == replace(case.cast, changes={})
