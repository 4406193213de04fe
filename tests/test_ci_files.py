"""What runs in a vendor's CI: action, GitLab component, the jobs of `init`, Dockerfile."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from distribution import CHECKOUT
from report import rehearsal

from harness.cli import run
from harness.report.json import render

NOT_READY = rehearsal.not_ready()


class Loader(yaml.SafeLoader):
    """YAML 1.2, in which `on` is a word."""


Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:bool"]
    for sign, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def documents(text: str) -> list[Any]:
    return list(yaml.load_all(text, Loader))


def check(document: dict[str, Any], schema: str) -> None:
    """Raises unless a document follows one of the schemas that are published for CI files."""
    pytest.importorskip("check_jsonschema")
    text = (files("check_jsonschema") / f"builtin_schemas/vendor/{schema}.json").read_text("utf-8")
    loaded = json.loads(text)
    jsonschema.validators.validator_for(loaded)(loaded).validate(document)


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    (loaded,) = documents((CHECKOUT / "action.yml").read_text("utf-8"))
    return dict(loaded)


def component(**inputs: str) -> dict[str, Any]:
    """The GitLab component with its inputs filled in, as GitLab does it."""
    text = (CHECKOUT / "templates" / "rosterready.yml").read_text("utf-8")
    (header, _) = documents(text)
    given = {name: row["default"] for name, row in header["spec"]["inputs"].items()} | inputs
    filled = re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: given[found[1]] or '""', text)
    return dict(documents(filled)[1])


def test_the_action_follows_its_schema_and_uses_the_inputs_it_has(action: dict[str, Any]) -> None:
    check(action, "github-actions")

    used = set(re.findall(r"inputs\.([\w-]+)", (CHECKOUT / "action.yml").read_text("utf-8")))
    assert used == set(action["inputs"])
    # What somebody passes is never part of a script.
    assert not [s for s in action["runs"]["steps"] if "${{" in s.get("run", "")]


def test_the_component_follows_its_schema() -> None:
    check(component(), "gitlab-ci")
    check(component(arguments="--only standing", baseline="main"), "gitlab-ci")


@pytest.mark.parametrize(
    ("server", "file", "schema"),
    [
        ("github", ".github/workflows/rosterready.yml", "github-workflows"),
        ("gitlab", ".gitlab-ci.yml", "gitlab-ci"),
    ],
)
def test_the_jobs_of_init_follow_their_schemas(
    tmp_path: Path, server: str, file: str, schema: str
) -> None:
    assert run(["init", str(tmp_path), "--ci", server, "-q"]) == 0

    (loaded,) = documents((tmp_path / file).read_text("utf-8"))
    check(dict(loaded), schema)


def test_a_schema_finds_what_is_wrong(action: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check({**action, "runs": {"using": "composite"}}, "github-actions")


def test_the_dockerfile_has_nothing_a_linter_minds() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if hadolint is None:
        pytest.skip("hadolint is not installed here")

    done = subprocess.run(
        [hadolint, "--no-color", CHECKOUT / "Dockerfile"], capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_annotations_name_causes_first_and_obey_the_limits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "results.json").write_bytes(render(NOT_READY))

    assert run(["report", str(tmp_path), "--format", "annotations"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert all(re.match(r"::(error|warning) title=[^:,]+::\S", line) for line in lines)
    assert lines[0].startswith("::error title=Not ready::")
    assert NOT_READY.causes[0].remedy in lines[1]
    assert 2 <= sum(line.startswith("::error") for line in lines) <= 10


@pytest.mark.slow
@pytest.mark.parametrize(
    ("adapter", "arguments", "code", "verdict"),
    [
        ("demo:never-restores", "--only student-returns", 1, "PARTIAL"),
        ("demo", "--only nothing-of-this-name", 2, "NONE"),
    ],
)
def test_the_step_of_the_action_ends_as_the_rehearsal_does(
    action: dict[str, Any], tmp_path: Path, adapter: str, arguments: str, code: int, verdict: str
) -> None:
    """As GitHub runs it, with this checkout in place of what the step before installs."""
    program = tmp_path / "rosterready" / "bin" / "rosterready"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m harness "$@"\n')
    program.chmod(0o755)
    (tmp_path / "rosterready.toml").write_text(f'[adapter]\nspec = "{adapter}"\n')
    (step,) = [step for step in action["runs"]["steps"] if step.get("id") == "certify"]
    outputs = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}

    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(CHECKOUT),
            **outputs,
            "RUNNER_TEMP": str(tmp_path),
            "ARGUMENTS": arguments,
            "BASELINE": "",
        },
        capture_output=True,
        text=True,
    )

    assert done.returncode == code, done.stdout + done.stderr
    said = Path(outputs["GITHUB_OUTPUT"]).read_text()
    assert said == f"verdict={verdict}\nexit-code={code}\n"
    summary = Path(outputs["GITHUB_STEP_SUMMARY"])
    assert (summary.exists() and summary.stat().st_size > 500) == (code != 2)
    assert ("::error title=" in done.stdout) == (code == 1)
