"""Names: what a configuration speaks of must exist, and that shows before anything runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from harness.config.config import Config
from harness.contract.sync import Mode
from harness.errors import DocumentError
from harness.prose import did_you_mean
from harness.session.catalogue import Catalogue

_WHERE: Mapping[str, str] = {
    "question": "`rosterready list questions` names them all",
    "field of the form": "questionnaire.json has the ID of every field",
    "requirement": "`rosterready list requirements` names them all",
    "check": "results.json has the id of every check",
}


def refuse_unknown_names(config: Config, catalogue: Catalogue) -> None:
    """Raises DocumentError for an answer, attestation or waiver about something unknown."""
    for key, name, what, known in _names(config, catalogue):
        if name not in known:
            hint = did_you_mean(name, known, otherwise=_WHERE[what])
            raise DocumentError(
                f'there is no {what} "{name}"; {hint}',
                file=config.file,
                line=config.lines.get(key, 0),
                key=key,
            )


def _names(config: Config, catalogue: Catalogue) -> Iterator[tuple[str, str, str, Collection[str]]]:
    """Key, the name it holds, what the name should be of, and the names there are."""
    questions = {question.id for question in catalogue.questions}
    for name in config.profile.answers if config.profile else ():
        yield f"profile.answers.{name}", name, "question", questions
    fields = {field.id for field in catalogue.form}
    for name in config.profile.form if config.profile else ():
        yield f"profile.form.{name}", name, "field of the form", fields
    for place, attestation in enumerate(config.attestations):
        requirements = catalogue.requirements.requirements
        key = f"attestation[{place}].requirement"
        yield key, attestation.requirement, "requirement", requirements
    if config.waivers:
        checks = _checks(catalogue)
        for place, waiver in enumerate(config.waivers):
            check = catalogue.formerly.check(waiver.check)
            yield f"waiver[{place}].check", check, "check", checks


def _checks(catalogue: Catalogue) -> set[str]:
    """The ids of all checks, of whatever update mode."""
    modes = (Mode.FULL, Mode.EVENTS)
    return {row.id for mode in modes for row in catalogue.plan((), mode).scenarios}
