"""The certification form, filled as far as the rehearsal and the vendor's own words go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache

from harness.assess.answer import Answer
from harness.assess.fingerprint import LENGTH
from harness.assess.results import OwnField, Results
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
    own: str = ""
    """The vendor's own words, from `[profile.form]`."""
    fingerprint: str = ""
    """Of the answers it is made of; "" if of none, or if they rest on no check."""
    stale: str = ""
    """Why the vendor's own words may be out of date; "" if they are not."""
    waits: bool = False
    """Whether a person has to give it, or to look at it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOpen:
    """What a person has to do before the questionnaire is sent."""

    contradictions: int
    unanswered: int
    stale: int
    fields: int
    """Empty fields of the form that no question of the guide fills."""
    stale_fields: int
    """Fields that the vendor filled, and under which the evidence has changed."""


def filled(results: Results) -> list[FilledField]:
    """Every field in the form's order; what the vendor writes there comes before any draft."""
    own = {row.field: row for row in results.form}
    return [_with_own(_filled(field, results), own.get(field.id), results) for field in _fields()]


def still_open(results: Results) -> StillOpen:
    fields = filled(results)
    return StillOpen(
        contradictions=len(open_items.contradictions(results)),
        unanswered=len(open_items.unanswered(results)),
        stale=len(open_items.stale(results)),
        fields=sum(field.waits and not field.questions for field in fields),
        stale_fields=len(stale(results)),
    )


def stale(results: Results) -> list[FilledField]:
    """The fields of the vendor's own under which the evidence has changed."""
    return [field for field in filled(results) if field.stale]


@cache
def _fields() -> tuple[FormField, ...]:
    return load_form(REPORTS / "form.yaml")


def _filled(field: FormField, results: Results) -> FilledField:
    if field.questions:
        return _from_answers(field, results)
    value = _of_run(field.run, results) if field.run else ""
    source = "From the rehearsal."
    if field.needs:
        source = f"{field.needs} Write it in rosterready.toml, under [profile.form]: {field.id}."
    if field.run and not value:
        source = f"Name it in rosterready.toml, under [profile]: {field.run}."
    return FilledField(id=field.id, title=field.title, value=value, source=source, waits=not value)


def _with_own(field: FilledField, own: OwnField | None, results: Results) -> FilledField:
    """A field with the vendor's own words in place of a draft."""
    mark = _fingerprint(field, results)
    if own is None:
        return replace(field, fingerprint=mark)
    why = ""
    if own.fingerprint and own.fingerprint != mark and not results.run.selected:
        now = f"the fingerprint is now {mark}" if mark else "it rests on no check any more"
        why = (
            "What this field rested on has changed since you filled it: "
            f"{now}, it was {own.fingerprint}."
        )
    return replace(
        field,
        value=own.text,
        own=own.text,
        source="In your own words, from rosterready.toml.",
        fingerprint=mark,
        stale=why,
        waits=bool(why) or not own.text,
    )


def _fingerprint(field: FilledField, results: Results) -> str:
    """Of the fingerprints of the answers that a field is made of."""
    answers = [answer for answer in results.answers if answer.question in field.questions]
    marks = [f"{answer.question} {answer.fingerprint}" for answer in answers if answer.fingerprint]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:LENGTH] if marks else ""


def _from_answers(field: FormField, results: Results) -> FilledField:
    """A field in the order of its own questions, of which the first is what it asks for.

    Several answers say what they are about, since the form does not show the questions.
    """
    given = {answer.question: answer for answer in results.answers}
    answers = [given[question] for question in field.questions if question in given]
    value = " ".join(_told(answer, field) for answer in answers if answer.answer)
    sources = dict.fromkeys(labels.SOURCES[answer.source].word for answer in answers)
    return FilledField(
        id=field.id,
        title=field.title,
        value=value,
        source="; ".join(sources) + "." * bool(sources),
        questions=tuple(field.questions),
        waits=not value or any(answer.waits or answer.contradiction for answer in answers),
    )


def _told(answer: Answer, field: FormField) -> str:
    about = field.questions[answer.question]
    return f"{about}: {answer.answer}" if about else answer.answer


def _of_run(name: str, results: Results) -> str:
    if name == "to_do":
        return " ".join(results.to_do) or "Nothing that the rehearsal knows of."
    return str(getattr(results.run, name))
