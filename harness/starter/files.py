"""Files: everything that `rosterready init` writes, from what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.catalogue.form import FormField
from harness.catalogue.questions import Question
from harness.config.config import FILE
from harness.resources import TEMPLATES
from harness.starter import database
from harness.starter.languages import (
    CLASS,
    LANGUAGES,
    PORT,
    SNAPSHOT,
    WITHOUT_LANGUAGE,
    Language,
)
from harness.starter.settings import settings

WORKFLOWS: Mapping[str, tuple[str, str]] = {
    "github": (".github/workflows/rosterready.yml", "github.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab.yml"),
}
"""CI server → where its job is described, and the template of it."""
_SKELETONS = TEMPLATES / "init"
_INSTALLED, _WITH_SQL = "ROSTERREADY: rosterready ", "ROSTERREADY: rosterready[sql] "


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody wants to begin with."""

    app: str
    kind: str = "command"
    language: str = "python"
    ci: tuple[str, ...] = ("github",)

    @property
    def begun(self) -> Language:
        return CLASS if self.kind == "python" else LANGUAGES[self.language]


def starting_files(
    choice: Choice, questions: Sequence[Question], form: Sequence[FormField]
) -> Mapping[Path, str]:
    """Path → its text, relative to the vendor's folder."""
    files = {FILE: settings(choice.app, _adapter(choice), questions, form), **_begun(choice)}
    for server in choice.ci:
        path, template = WORKFLOWS[server]
        text = _template(template)
        files[path] = text.replace(_INSTALLED, _WITH_SQL) if choice.kind == "sql" else text
    return {Path(path): text for path, text in files.items()}


def _begun(choice: Choice) -> Mapping[str, str]:
    """What there is to go on with: a skeleton, an export that holds nothing, or neither."""
    if choice.kind == "file":
        return {SNAPSHOT: _template(SNAPSHOT)}
    if choice.kind in WITHOUT_LANGUAGE:
        return {}
    language = choice.begun
    skeleton = "adapter_class.py" if choice.kind == "python" else language.file
    return {language.file: _template(skeleton)} | {
        name: _template(name) for name in language.beside
    }


def _adapter(choice: Choice) -> Mapping[str, str]:
    """The keys of `[adapter]`."""
    match choice.kind:
        case "python":
            return {"spec": "python:adapter:Adapter"}
        case "sql":
            return {"spec": database.SPEC}
        case "file":
            return {"spec": f"file:{SNAPSHOT}"}
        case "http":
            url = f"http://127.0.0.1:{PORT}"
            return {
                "spec": f"http:{url}",
                "start": choice.begun.serve.format(port=PORT),
                "ready": f"{url}/",
            }
    return {"spec": f"command:{choice.begun.run}"}


def _template(name: str) -> str:
    return (_SKELETONS / f"{name}.txt").read_text("utf-8")
