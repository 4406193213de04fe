"""Scenario reader: what one scenario demands of the year, out of its steps.

What cannot be read is a PlanError with file, line and what exists instead.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.catalogue.edge_cases import EdgeCase
from harness.errors import PlanError
from harness.plan.demands import Demands
from harness.plan.gherkin import ParsedScenario
from harness.plan.names import listed, slug
from harness.plan.phrases import PHRASES, phrase_of
from harness.plan.phrases.phrase import THEN, Groups, Phrase
from harness.plan.plan import DAYS, Day, PlannedScenario
from harness.prose import did_you_mean


def read_scenario(parsed: ParsedScenario, edge_cases: Mapping[str, EdgeCase]) -> PlannedScenario:
    """The scenario with its days, changes and acts; raises PlanError."""
    if not any(step.keyword == THEN for step in parsed.steps):
        raise _wrong(parsed, f'"{parsed.name}" has no Then: it could never fail')
    demands = Demands(parsed, edge_cases, parsed.steps[0])
    for step in parsed.steps:
        demands.step = step
        _read(demands)
    if not demands.days:
        raise _wrong(parsed, f'"{parsed.name}" names no day')
    return PlannedScenario(
        id=f"{parsed.file.stem}/{slug(parsed.name)}",
        feature=parsed.file.name,
        rule=parsed.rule,
        name=parsed.name,
        line=parsed.line,
        requirements=parsed.tags,
        edge_case=demands.case.id if demands.case else "",
        neighbour=demands.neighbour,
        district=demands.district,
        incidents=tuple(demands.incidents),
        follows_events=demands.follows_events,
        archives_later=demands.archives_later,
        people=tuple(dict.fromkeys(demands.people)),
        groups=demands.groups,
        days=tuple(day for day in DAYS if day in demands.days),
        changes=tuple(demands.changes),
        acts=tuple(dict.fromkeys(demands.acts)),
        steps=tuple(f"{step.word} {step.text}" for step in parsed.steps),
    )


def _read(demands: Demands) -> None:
    step = demands.step
    recognised = phrase_of(step.keyword, step.text)
    if recognised is None:
        raise demands.wrong(
            f'no phrase for "{step.keyword} {step.text}"',
            did_you_mean(
                step.text,
                [phrase.pattern for phrase in PHRASES],
                otherwise="The phrases are in harness/plan/phrases.",
            ),
        )
    phrase, groups = recognised
    for day in _days(groups):
        demands.name_day(day)
    _mind_before(demands, phrase, groups)
    for name in (*listed(groups.get("who", "")), groups.get("section", "")):
        if name:
            demands.name_person(name)
    phrase.places(demands, groups)


def _days(groups: Groups) -> tuple[str, ...]:
    named = (groups.get("day", ""), groups.get("since", ""), *listed(groups.get("days", "")))
    return tuple(day for day in named if day)


def _mind_before(demands: Demands, phrase: Phrase, groups: Groups) -> None:
    """Before Clever is connected people have accounts, and nothing else happens."""
    days = (groups.get("day"), *listed(groups.get("days", "")))
    if phrase.of_before != (Day.BEFORE in days):
        raise demands.wrong(
            f'on "{Day.BEFORE}" accounts exist, and nothing else is said of that day',
            f"Write: Given on {Day.BEFORE} <who> has an account with the same ...",
        )


def _wrong(parsed: ParsedScenario, message: str) -> PlanError:
    return PlanError(message, file=parsed.file, line=parsed.line)
