from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.documents import Node, parse_toml, parse_yaml, read_key, read_toml, read_yaml
from harness.errors import DocumentError

YAML = """\
title: A title
version: 3.10
number: 007
days: 12
share: 0.5
on: true
off: no
nothing:
empty: ""
level: must
when: 2026-03-01
tags: [one, two]
tag: one
inner:
  first: 1
  second: x
rows:
  - {name: a}
  - {name: b}
people:
  Maya: {grade: 5}
  Leo: {grade: 6}
"""


def document() -> Node:
    return parse_yaml(YAML, "case.yaml")


def test_values_are_read_by_kind() -> None:
    node = document()

    assert node.text("title") == "A title"
    assert node.integer("days") == 12
    assert node.number("share") == 0.5
    assert node.number("days") == 12.0
    assert node.flag("on") is True
    assert node.choice("level", ("must", "should")) == "must"
    assert node.day("when") == dt.date(2026, 3, 1)
    assert node.texts("tags") == ("one", "two")
    assert node.texts("tag") == ("one",)
    assert node.mapping("inner").integer("first") == 1
    assert [row.text("name") for row in node.nodes("rows")] == ["a", "b"]
    assert {name: row.integer("grade") for name, row in node.mapping("people").items()} == {
        "Maya": 5,
        "Leo": 6,
    }


def test_a_number_read_as_text_stays_as_it_is_written() -> None:
    assert document().text("version") == "3.10"
    assert document().text("number") == "007"


def test_what_is_missing_takes_its_default() -> None:
    node = document()

    assert node.text("x", "y") == "y"
    assert node.texts("x", ()) == ()
    assert node.flag("x", False) is False
    assert node.integer("x", 4) == 4
    assert node.number("x", 0.5) == 0.5
    assert node.choice("x", ("a",), "a") == "a"
    assert node.day("x", dt.date(2026, 1, 1)) == dt.date(2026, 1, 1)
    assert node.mapping("x", required=False).keys == ()
    assert node.mapping("nothing", required=False).keys == ()
    assert node.nodes("x", required=False) == ()
    assert node.text("empty", empty=True) == ""


def test_the_shape_of_a_value_can_be_asked() -> None:
    node = document()

    assert node.has("tags")
    assert not node.has("x")
    assert node.is_list("tags")
    assert not node.is_list("x")
    assert node.is_mapping("inner")
    assert not node.is_mapping("title")
    assert node.line_of("inner") == 14
    assert node.mapping("inner").line_of("second") == 16
    assert node.value("rows") == [{"name": "a"}, {"name": "b"}]
    assert node.mapping("inner").plain() == {"first": 1, "second": "x"}


@pytest.mark.parametrize(
    ("read", "complaint"),
    [
        (lambda n: n.text("x"), 'case.yaml:1: the key "x" is missing'),
        (
            lambda n: n.mapping("inner").text("x"),
            'case.yaml:15 at inner: the key "x" is missing',
        ),
        (lambda n: n.text("tags"), "case.yaml:12 at tags: expected a text, found a list"),
        (lambda n: n.text("inner"), "case.yaml:14 at inner: expected a text, found keys and"),
        (lambda n: n.text("nothing"), "case.yaml:8 at nothing: expected a text, found nothing"),
        (lambda n: n.text("empty"), "case.yaml:9 at empty: expected a text, found an empty one"),
        (
            lambda n: n.text("off"),
            "case.yaml:7 at off: expected a text, found no; put it in quotes",
        ),
        (
            lambda n: n.flag("title"),
            'case.yaml:1 at title: expected true or false, found "A title"',
        ),
        (lambda n: n.integer("share"), "case.yaml:5 at share: expected a whole number, found 0.5"),
        (lambda n: n.integer("on"), "case.yaml:6 at on: expected a whole number, found true"),
        (lambda n: n.number("on"), "case.yaml:6 at on: expected a number, found true"),
        (lambda n: n.day("title"), 'case.yaml:1 at title: expected a day as YYYY-MM-DD, found "A'),
        (
            lambda n: n.choice("level", ("most", "should")),
            'case.yaml:10 at level: "must" is not known here; did you mean "most"?',
        ),
        (lambda n: n.mapping("title"), "case.yaml:1 at title: expected keys and values, found "),
        (lambda n: n.nodes("tags"), "case.yaml:12 at tags: expected keys and values, found "),
        (lambda n: n.texts("rows"), "case.yaml:17 at rows: expected a text, found keys and"),
    ],
)
def test_a_complaint_names_file_line_and_key(
    read: Callable[[Node], object], complaint: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        read(document())

    assert str(caught.value).startswith(complaint)


def read_inner(text: str) -> None:
    with parse_yaml(text, "case.yaml") as node, node.mapping("inner") as inner:
        node.text("title", "")
        inner.text("title", "")


def test_a_key_nobody_asked_for_is_an_error() -> None:
    with pytest.raises(DocumentError) as caught:
        read_inner("title: x\ninner:\n  titel: y\n")

    assert str(caught.value) == 'case.yaml:3 at inner.titel: unknown key; did you mean "title"?'


def test_another_error_is_not_covered_by_an_unknown_key() -> None:
    with pytest.raises(ZeroDivisionError), parse_yaml("x: 1", "case.yaml"):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\nb: 2\na: 3\n", "case.yaml:3 at a: given twice, first in line 1"),
        ("a: [1\nb: 2\n", "case.yaml:2: not YAML: "),
        ("- a\n- b\n", "case.yaml:1: expected keys and values, found a list"),
        ("just words", 'case.yaml:1: expected keys and values, found "just words"'),
        ("? [a, b]\n: 1\n", "case.yaml:1: expected a plain key"),
        ("a: !!python/object:os.system {}\n", "case.yaml:1: the tag tag:yaml.org,2002:python"),
        ("a: !!python/name:os.system x\n", "case.yaml:1: not YAML: could not determine"),
        ("a: 1\nb: 2026-13-45\n", "case.yaml:2: not a value: month must be"),
        ("a: &a [*a]\n", "case.yaml:1: an alias contains itself"),
        ("a: \x01", "case.yaml:1: not YAML: "),
    ],
)
def test_what_is_not_a_document_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_yaml(text, "case.yaml").plain()

    assert str(caught.value).startswith(complaint)


def test_an_empty_document_has_no_keys() -> None:
    assert parse_yaml("", "case.yaml").keys == ()


TOML = """\
adapter = "demo"
[timeouts]
sync = 60
"quoted" = 1

[[waiver]]
check = "a"
expires = 2026-05-01

[[waiver]]
check = "b"
inline = {deep = 1, on = true}
[profile.types]
terms = "none"
"""


def test_toml_keeps_the_lines_of_tables_and_keys() -> None:
    node = parse_toml(TOML, "r.toml")
    waivers = node.nodes("waiver")

    assert node.line_of("adapter") == 1
    assert node.line_of("timeouts") == 2
    assert node.mapping("timeouts").line_of("sync") == 3
    assert node.mapping("timeouts").line_of("quoted") == 4
    assert [row.line_of("check") for row in waivers] == [7, 11]
    assert [row.line for row in waivers] == [6, 10]
    assert waivers[1].mapping("inline").line_of("deep") == 12
    assert node.mapping("profile").mapping("types").line_of("terms") == 14
    assert waivers[0].day("expires") == dt.date(2026, 5, 1)
    assert waivers[0].text("expires") == "2026-05-01"


def test_a_complaint_about_toml_names_its_line() -> None:
    node = parse_toml(TOML, "r.toml")

    with pytest.raises(DocumentError) as caught:
        node.nodes("waiver")[1].mapping("inline").text("on")
    assert str(caught.value) == (
        "r.toml:12 at waiver[1].inline.on: expected a text, found true; put it in quotes"
    )


@pytest.mark.parametrize("text", ["a = \n", 'a = "x', "[a]\nb = 1\nb = 2\n"])
def test_broken_toml_is_refused_with_a_line(text: str) -> None:
    with pytest.raises(DocumentError, match=r"r\.toml:\d+: not TOML: "):
        parse_toml(text, "r.toml")


@pytest.mark.parametrize("read", [read_yaml, read_toml])
def test_files_that_cannot_be_read_are_named(read: Callable[[Path], Node], tmp_path: Path) -> None:
    missing, binary = tmp_path / "missing", tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(DocumentError, match="missing: cannot be read: No such file"):
        read(missing)
    with pytest.raises(DocumentError, match="binary:1: not a UTF-8 text file"):
        read(binary)


def test_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("é: ñ", encoding="utf-8")
    (tmp_path / "a.toml").write_text('a = "ñ"', encoding="utf-8")

    assert read_yaml(tmp_path / "a.yaml").text("é") == "ñ"
    assert read_toml(tmp_path / "a.toml").text("a") == "ñ"


def test_one_key_is_read_alone_and_complaints_name_the_line_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("why: [unread\ncast:\n# about them\n  Maya: {grade: 5}\nrest: ]\n")
    cast = read_key(file, "cast")

    assert cast.mapping("Maya").integer("grade") == 5
    assert cast.error("no", "Maya").line == 4
    file.write_text("why: x\n")
    with pytest.raises(DocumentError, match='the key "cast" is missing'):
        read_key(file, "cast")
