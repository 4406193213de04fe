"""The certification form, filled as far as the rehearsal and the vendor's own words go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from harness.assess.results import Results
from harness.catalogue.form import FormField, load_form
from harness.report import labels, open_items
from harness.resources import REPORTS


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledField:
    """A field of the form with its value; "" when only a person can give it."""

    id: str
    title: str
    value: str
    source: str
    """Where the value comes from, in words; or why a person has to give it."""
    questions: tuple[str, ...] = ()
    """Those whose answers it is made of."""
    waits: bool = False
    """Whether a person has to give it, or to look at it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOpen:
    """What a person has to do before the questionnaire is sent."""

    contradictions: int
    unanswered: int
    stale: int
    fields: int
    """Fields of the form that no question of the guide fills."""


def filled(results: Results) -> list[FilledField]:
    """Every field in the form's order."""
    return [_filled(field, results) for field in _fields()]


def still_open(results: Results) -> StillOpen:
    return StillOpen(
        contradictions=len(open_items.contradictions(results)),
        unanswered=len(open_items.unanswered(results)),
        stale=len(open_items.stale(results)),
        fields=sum(field.waits and not field.questions for field in filled(results)),
    )


@cache
def _fields() -> tuple[FormField, ...]:
    return load_form(REPORTS / "form.yaml")


def _filled(field: FormField, results: Results) -> FilledField:
    if field.questions:
        return _from_answers(field, results)
    value = _of_run(field.run, results) if field.run else ""
    source = field.needs or "From the rehearsal."
    if field.run and not value:
        source = f"Name it in rosterready.toml, under [profile]: {field.run}."
    return FilledField(id=field.id, title=field.title, value=value, source=source, waits=not value)


def _from_answers(field: FormField, results: Results) -> FilledField:
    answers = [answer for answer in results.answers if answer.question in field.questions]
    value = " ".join(dict.fromkeys(answer.answer for answer in answers if answer.answer))
    sources = dict.fromkeys(labels.SOURCES[answer.source].word for answer in answers)
    return FilledField(
        id=field.id,
        title=field.title,
        value=value,
        source="; ".join(sources),
        questions=field.questions,
        waits=not value or any(answer.waits or answer.contradiction for answer in answers),
    )


def _of_run(name: str, results: Results) -> str:
    if name == "to_do":
        return " ".join(results.to_do) or "Nothing that the rehearsal knows of."
    return str(getattr(results.run, name))
