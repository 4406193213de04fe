"""What the Markdown files say of commands, files, settings and exit codes is true."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from distribution import CHECKOUT, HISTORY
from rehearsing import rehearsed

from harness.adapters.spec import KINDS
from harness.assess.verdicts import EXIT_CODES
from harness.catalogue.edge_cases import read_edge_case
from harness.cli.commands import app
from harness.config.config import load_config
from harness.contract.adapter import Capability
from harness.contract.declarations import DECLARATIONS
from harness.district.casts.verbs import VERBS
from harness.plan.compile import compile_plan
from harness.plan.phrases import phrase_of
from harness.plan.plan import DAYS
from harness.report.write import KNOWN
from harness.session import RECORDING

README = (CHECKOUT / "README.md").read_text("utf-8")
FOLDERS = ("edge_cases", "examples", "features", "harness", "reports", "tests")
ROOMS = (*FOLDERS, "benchmarks", "docs")
TO_BE_WRITTEN = "edge_cases/siblings-leave.yaml"
"""In docs/development.md, which shows how an edge case comes about."""
KEPT_OUT = {".git", ".venv", "rosterready-report", "node_modules"}


def _markdown() -> Iterator[Path]:
    for folder, below, files in os.walk(CHECKOUT):
        below[:] = [name for name in below if name not in KEPT_OUT and not name.startswith(".")]
        yield from (Path(folder, name) for name in files if name.endswith(".md"))


def _is_a_template(path: Path) -> bool:
    return "templates" in path.parts


DOCUMENTS = [path for path in _markdown() if not _is_a_template(path)]


def _text(name: str) -> str:
    return (CHECKOUT / name).read_text("utf-8")


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def _rows(text: str) -> list[list[str]]:
    """The cells of every row of every table."""
    rows = (line for line in text.splitlines() if line.startswith("|") and "---" not in line)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows]


# README


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 150


def test_the_readme_has_every_command_and_no_other() -> None:
    command = typer.main.get_command(app)
    known = set(getattr(command, "commands"))  # noqa: B009 - a group, which click does not say

    assert set(re.findall(r"`rosterready ([a-z]+)", README)) == known


def test_the_readme_has_options_that_exist() -> None:
    group = typer.main.get_command(app)
    commands = getattr(group, "commands").values()  # noqa: B009
    known = {name for one in (group, *commands) for option in one.params for name in option.opts}

    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= known


@pytest.mark.parametrize("script", ["rehearse", "check", ".ci/run", ".ci/environment"])
def test_every_script_can_be_run(script: str) -> None:
    assert os.access(CHECKOUT / script, os.X_OK)


def test_the_two_commands_of_the_readme_are_those_the_gate_runs() -> None:
    (first, *_) = _blocks(README, "bash")
    gate = _text(".ci/run")

    for command in re.findall(r"^(\./\w+)", first, re.MULTILINE):
        assert f"step {command}" in gate


def test_the_readme_has_every_artefact() -> None:
    listed = [re.fullmatch(r"`([\w-]+\.[\w.]+)`", row[0]) for row in _rows(README)]

    written = {RECORDING, HISTORY, *(format_.FILE for format_ in KNOWN.values())}
    assert {found[1] for found in listed if found} == written


def test_the_readme_has_every_kind_of_adapter() -> None:
    named = {kind for kind in KINDS if re.search(rf"^\| `{kind}[:`]", README, re.MULTILINE)}

    assert named == set(KINDS)


def test_the_exit_codes_of_the_readme_are_those_of_the_verdicts() -> None:
    documented = {
        row[1].strip("`"): int(row[0]) for row in _rows(README) if row[0].isdigit() and row[1]
    }

    assert documented == {str(verdict): code for verdict, code in EXIT_CODES.items()}
    assert {int(row[0]) for row in _rows(README) if row[0].isdigit()} == {0, 1, 2, 3, 130}


def test_the_last_line_of_the_readme_is_that_of_a_rehearsal() -> None:
    (shown,) = re.findall(r"^    (VERDICT=.*)$", README, re.MULTILINE)

    said = rehearsed("demo").last_line

    assert [word.partition("=")[0] for word in shown.split()] == [
        word.partition("=")[0] for word in said.split()
    ]


def test_the_configuration_of_the_readme_is_valid(tmp_path: Path) -> None:
    (shown,) = _blocks(README, "toml")
    file = tmp_path / "rosterready.toml"
    file.write_text(shown, "utf-8")

    assert load_config(file).profile is not None


# All of them


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_has_a_readme(folder: str) -> None:
    assert (CHECKOUT / folder / "README.md").is_file()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    prose = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)

    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not re.match(r"https?://|#", target):
            assert (document.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_every_path_exists(document: Path) -> None:
    prose = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    named = re.findall(rf"[`\[]((?:{'|'.join(ROOMS)})/[\w./-]+)[`\]]", prose)

    assert [path for path in named if not (CHECKOUT / path).exists()] == [
        path for path in named if path == TO_BE_WRITTEN
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_every_rehearsal_command_exists(document: Path) -> None:
    """`rosterready list mutants` and the like, wherever they stand."""
    known = getattr(typer.main.get_command(app), "commands")  # noqa: B009

    for word in re.findall(r"[`\n]rosterready ([a-z]+)", document.read_text("utf-8")):
        assert word in known


@pytest.mark.parametrize(
    ("folder", "pattern"), [("tests", "test_*.py"), ("reports", "*.yaml")], ids=["tests", "reports"]
)
def test_a_readme_lists_what_is_in_its_folder(folder: str, pattern: str) -> None:
    listed = re.findall(r"^\| \[([\w.-]+)\]", _text(f"{folder}/README.md"), re.MULTILINE)

    assert {path.name for path in (CHECKOUT / folder).glob(pattern)} <= set(listed)


def test_the_picture_is_small() -> None:
    assert (CHECKOUT / "reports/pictures/report.png").stat().st_size < 200_000


def test_the_architecture_page_has_the_layers_that_are_held() -> None:
    settings = tomllib.loads(_text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in settings if one["id"] == "layers")
    page = _text("harness/README.md")

    (drawn,) = (block for block in _blocks(page, "") if block.startswith("cli >"))

    assert [part.strip() for part in drawn.split(">")] == layers
    described = {name for row in _rows(page) for name in re.findall(r"^`(\w+)`", row[0])}
    assert {layer.split()[0] for layer in layers} <= described


@pytest.mark.parametrize(
    ("heading", "folder"),
    [
        ("Layers", "harness"),
        ("Rooms of the simulator", "harness/simulator"),
        ("Rooms of the district", "harness/district"),
    ],
)
def test_the_architecture_page_has_every_room_and_no_other(heading: str, folder: str) -> None:
    section = _text("harness/README.md").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rooms = (CHECKOUT / folder).glob("[a-z]*")
    there = {room.stem for room in rooms if room.suffix == ".py" or (room / "__init__.py").exists()}

    drawn = {name for row in _rows(section) for name in re.findall(r"`(\w+)`", row[0])}

    assert drawn == there - {Path(folder).name}  # `simulator.py` joins the rooms of its folder


def test_the_changelog_keeps_its_format() -> None:
    text = _text("CHANGELOG.md")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    kinds = set(re.findall(r"^### (.*)$", text, re.MULTILINE))

    assert text.startswith("# Changelog\n")
    assert headings[0] == "[Unreleased]"
    assert kinds <= {
        "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Verdicts",
    }  # fmt: skip
    released = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d", h) for h in headings[1:]]
    assert all(released)
    versions = [tuple(map(int, found[1].split("."))) for found in released if found]
    assert versions == sorted(versions, reverse=True)


def test_the_adapter_guide_has_every_claim_and_its_values() -> None:
    page = _text("examples/README.md")
    table = page[page.index("## What you declare") :]
    rows = {claim: row[1] for row in _rows(table) for claim in re.findall(r"`([a-z-]+)`", row[0])}

    assert set(rows) == set(DECLARATIONS)
    for claim, said in rows.items():
        assert set(re.findall(r"`([a-z0-9._-]+)`", said)) == set(DECLARATIONS[claim].values)


# The catalogues


def test_every_verb_is_documented_and_exists() -> None:
    page = _text("edge_cases/README.md")
    table = page[page.index("## The changes") :]

    documented = {verb for row in _rows(table) for verb in re.findall(r"`([a-z-]+)`", row[0])}

    assert documented == set(VERBS)


def test_every_day_is_documented() -> None:
    assert {f"`{day}`" for day in DAYS} <= set(
        re.findall(r"`[a-z0-9-]+`", _text("features/README.md"))
    )


@pytest.mark.parametrize("name", ["snapshot", "sync", "created", "account", "edit"])
def test_the_adapter_guide_names_every_field_of_the_contract(name: str) -> None:
    words = set(re.findall(r"\w+", _text("examples/README.md")))

    assert _fields(json.loads(_text(f"reports/schemas/{name}.schema.json"))) <= words


def _fields(schema: object) -> set[str]:
    """The properties of a schema and of all within it, but for former names."""
    match schema:
        case dict():
            own = schema.get("properties", {})
            named = {key for key, row in own.items() if not row.get("deprecated")}
            return named.union(*map(_fields, schema.values()))
        case list():
            return set().union(*map(_fields, schema))
    return set()


def test_every_call_an_adapter_can_offer_is_documented() -> None:
    rows = _rows(_text("examples/README.md"))
    documented = {name for row in rows for name in re.findall(r"capability `(\w+)`", row[1])}

    assert documented == {ability.value for ability in Capability}


def test_the_worked_edge_case_can_be_read(tmp_path: Path) -> None:
    (shown,) = _blocks(_text("edge_cases/README.md"), "yaml")
    file = tmp_path / "student-returns.yaml"
    file.write_text(shown, "utf-8")

    assert set(read_edge_case(file).cast.changes) == {"Maya leaves", "Maya comes back"}


def test_the_worked_scenario_uses_phrases_that_exist() -> None:
    (shown,) = _blocks(_text("features/README.md"), "gherkin")
    keyword = ""

    for line in re.findall(r"^    (Given|When|Then|And) (.*)$", shown, re.MULTILINE):
        keyword = keyword if line[0] == "And" else line[0]
        assert phrase_of(keyword, line[1]), line
    assert keyword == "Then"


def test_the_edge_case_of_the_first_hour_can_be_played(tmp_path: Path) -> None:
    page = _text("docs/development.md")
    (cast,), (scenario,) = _blocks(page, "yaml"), _blocks(page, "gherkin")
    file = tmp_path / Path(TO_BE_WRITTEN).name
    file.write_text(cast, "utf-8")
    features = tmp_path / "leaving.feature"
    rule = textwrap.indent(f"@R6\nRule: What leaves is archived\n\n{scenario}", "  ")
    features.write_text(f"Feature: Leaving\n\n{rule}", "utf-8")

    case = read_edge_case(file)
    plan = compile_plan(tmp_path, {case.id: case})

    assert [change.change for change in plan.changes] == list(case.cast.changes)


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param("", marks=pytest.mark.exhaustive, id="right"),
        pytest.param(" --adapter demo:hard-delete", id="wrong"),
    ],
)
def test_the_first_hour_shows_what_is_printed(tmp_path: Path, arguments: str) -> None:
    command = f"--only student-returns{arguments}"
    shown = _blocks(_after(f"./rehearse {command}\n", _text("docs/development.md")), "")[0]
    program = [sys.executable, "-m", "harness", "certify", "--adapter", "demo", *command.split()]

    printed = subprocess.run(
        program,
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
    )

    lines = _without_numbers(f"{printed.stderr}\n{printed.stdout}")
    assert [line for line in _without_numbers(shown) if line not in lines] == []


def _after(text: str, page: str) -> str:
    return page.partition(text)[2].partition("```")[2]


def _without_numbers(text: str) -> list[str]:
    """The lines without durations, and without the counts that grow with the catalogue."""
    numbers = re.compile(r"\d+\.\d s$|\d+ (?=scenarios)|(?<=MANUAL=)\d+")
    return [numbers.sub("", line.rstrip()) for line in text.splitlines()]
