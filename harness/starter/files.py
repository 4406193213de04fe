"""Files: everything that `rosterready init` writes, from what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.catalogue.form import FormField
from harness.catalogue.questions import Question
from harness.config.config import FILE
from harness.resources import TEMPLATES
from harness.starter.languages import CLASS, LANGUAGES, PORT, Language
from harness.starter.settings import settings

WORKFLOWS: Mapping[str, tuple[str, str]] = {
    "github": (".github/workflows/rosterready.yml", "github.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab.yml"),
}
"""CI server → where its job is described, and the template of it."""
_SKELETONS = TEMPLATES / "init"


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
    language = choice.begun
    skeleton = "adapter_class.py" if choice.kind == "python" else language.file
    files = {
        FILE: settings(choice.app, _adapter(choice), questions, form),
        language.file: _template(skeleton),
    }
    for name in language.beside:
        files[name] = _template(name)
    for server in choice.ci:
        path, template = WORKFLOWS[server]
        files[path] = _template(template)
    return {Path(path): text for path, text in files.items()}


def _adapter(choice: Choice) -> Mapping[str, str]:
    """The keys of `[adapter]`."""
    match choice.kind:
        case "python":
            return {"spec": "python:adapter:Adapter"}
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
