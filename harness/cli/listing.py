"""Lists: one name a line first, then what it is, for people and for scripts."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping

from harness.adapters.demo import REGISTRY
from harness.catalogue.kill_matrix import load_kill_matrix
from harness.cli.console import OUT
from harness.contract.account_rules import ACCOUNT_HOLDERS, IN_A_CLASS, RULES, AccountRule
from harness.contract.profile import HOLDABLE
from harness.contract.rows import ROWS, row_for
from harness.district.casts.expansion import KINDS, TABLES, kind_of, left_out, variations
from harness.errors import UsageError
from harness.plan.faults import faults_of_day
from harness.plan.names import slug
from harness.plan.plan import DAYS, KILLED_MIDWAY, LONG_LISTS, SYNCED_TWICE, Plan
from harness.prose import did_you_mean, joined
from harness.resources import REPORTS
from harness.session import shipped


def _edge_cases() -> Iterator[tuple[str, str]]:
    cases = shipped().edge_cases.values()
    for case in sorted(cases, key=lambda case: (case.group, case.id)):
        yield case.id, f"{case.group}: {case.title} ({case.provenance})"


def _requirements() -> Iterator[tuple[str, str]]:
    breaking = load_kill_matrix(REPORTS / "kill-matrix.json").requirements
    for row in shipped().requirements.requirements.values():
        proof = f", {len(mutants)} mutants break it" if (mutants := breaking.get(row.id)) else ""
        yield row.id, f"{row.level:<7}{row.title} ({row.verified}{proof})"


def _questions() -> Iterator[tuple[str, str]]:
    for row in shipped().questions:
        yield row.id, f"{row.text} ({row.comes_from})"


def _held() -> Iterator[tuple[str, str]]:
    yield from HOLDABLE.items()


def _rows() -> Iterator[tuple[str, str]]:
    for key, values in ROWS.items():
        yield key, joined([f"{per} (one row for each {row_for(key, per)})" for per in values], "or")


def _accounts() -> Iterator[tuple[str, str]]:
    for rule, words in RULES.items():
        holders = IN_A_CLASS if rule is AccountRule.WITH_CLASS else ACCOUNT_HOLDERS
        yield rule, f"they {words} (of {joined(holders, 'or')})"


def _mutants() -> Iterator[tuple[str, str]]:
    # By name: nothing imports the demo, which is somebody else's app.
    for name, entry in importlib.import_module(REGISTRY).mutants().items():
        yield f"demo:{name}", entry.mistake


def _variants() -> Iterator[tuple[str, str]]:
    for name, entry in importlib.import_module(REGISTRY).variants().items():
        yield f"demo:{name}", entry.what


def _values() -> Iterator[tuple[str, str]]:
    """The generated tables: who stands for which value, and what is left out."""
    for case in shipped().edge_cases.values():
        for pattern in case.cast.patterns:
            for member, row in variations(pattern):
                name = f"{kind_of(pattern)}:{row.path}:{slug(row.words)}"
                name += ":later" * pattern.later
                value = repr(row.value) if row.value else row.words
                yield name, f"{value} ({member} in {case.id})"
    for table in TABLES:
        for kind in KINDS:
            for omission in left_out(table, kind):
                yield f"{kind}:{omission.path}:{table}s", f"left out: {omission.why}"


LISTS: Mapping[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "edge-cases": _edge_cases,
    "requirements": _requirements,
    "questions": _questions,
    "held": _held,
    "values": _values,
    "rows": _rows,
    "accounts": _accounts,
    "mutants": _mutants,
    "variants": _variants,
}


def show(what: str) -> None:
    """Print one of the lists; raises UsageError for one that does not exist."""
    if what not in LISTS:
        raise UsageError(
            f"there is no list {what!r}",
            hint=did_you_mean(what, LISTS),
        )
    rows = list(LISTS[what]())
    width = max(len(name) for name, _ in rows)
    for name, text in rows:
        OUT.print(f"{name:<{width}}  {text}", markup=False, soft_wrap=True)


def show_plan(plan: Plan) -> None:
    """What a rehearsal would do: its syncs, and what changes on each day."""
    terms = " + ".join(f"{len(days)} ({name})" for name, days in plan.counted.items())
    OUT.print(
        f"Syncs: {terms} = {plan.syncs}, however many edge cases are selected", soft_wrap=True
    )
    if plan.days.get(LONG_LISTS):
        OUT.print(f"One more ({LONG_LISTS}) if the app asks for 101 to 1,000 records at once")
    if days := plan.days.get(SYNCED_TWICE):
        OUT.print(f"{len(days)} more ({SYNCED_TWICE}) if the adapter offers `sync_twice`")
    if days := plan.days.get(KILLED_MIDWAY):
        OUT.print(f"{len(days)} more ({KILLED_MIDWAY}) if the app can be killed")
    OUT.print(f"Scenarios: {len(plan.scenarios)}   Edge cases: {len(plan.edge_cases)}")
    for day in DAYS:
        districts = [name for name, days in plan.days.items() if day in days]
        changes, acts = plan.on(day)
        if not (districts or acts):
            continue
        OUT.print(f"\n{day}  ({', '.join(districts) or 'nothing is shared yet'})")
        planned = [fault for name in districts for fault in faults_of_day(name, day)]
        for fault in dict.fromkeys(fault.kind for fault in planned):
            OUT.print(f"  Injected fault: {fault}", markup=False)
        for change in changes:
            OUT.print(f"  {change.change}  [{change.edge_case}]", markup=False, soft_wrap=True)
        for act in acts:
            OUT.print(f"  {act.person} {act.act}  [{act.edge_case}]", markup=False, soft_wrap=True)
