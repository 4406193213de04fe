"""Headline: the verdict in one sentence, and the command to run next."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from harness.assess.check_result import Outcome, ResponsibleParty
from harness.assess.requirement_verdict import Level, RequirementState
from harness.assess.results import Results, Run, Verdict
from harness.contract.sync import Mode
from harness.plan.exported import exported
from harness.prose import counted, joined
from harness.report import open_items


def sentence(results: Results) -> str:
    """What the verdict says about the app, in one sentence."""
    sentences = {
        Verdict.READY: _ready,
        Verdict.READY_WITH_CONDITIONS: _conditions,
        Verdict.NOT_READY: _not_ready,
        Verdict.INCOMPLETE: _incomplete,
        Verdict.PARTIAL: _partial,
    }
    return sentences[results.verdict](results)


def scope(results: Results) -> str:
    """What the rehearsal covered, in one sentence; "" where nothing was played."""
    if exported(results.run.selected) or not results.run.syncs:
        return ""
    mode = "events" if results.run.mode == Mode.EVENTS else "full syncs"
    kinds = dict.fromkeys(kind for day in results.days for kind, held in day.held.items() if held)
    what = joined([*kinds]) if kinds else "no records, since none were ever held"
    cases = counted(len(results.edge_cases), "edge case")
    syncs = f"{cases} played in {counted(results.run.syncs, 'sync')}"
    return f"The rehearsal covered {what}, kept up to date with {mode}: {syncs}."


def next_command(results: Results) -> str:
    """The command that brings the reader one step further, ready to paste."""
    if exported(results.run.selected):
        return "rosterready init"
    names = _to_repeat(results)
    if len(names) == 1 and names[0] in {case.id for case in results.edge_cases}:
        return shlex.join(("rosterready", "replay", names[0], *app_options(results.run)))
    return shlex.join(("rosterready", "certify", *app_options(results.run), *_only(names)))


def why_next(results: Results) -> str:
    """What the next command is for."""
    if exported(results.run.selected):
        return "A file shows one moment. For a verdict on the app, begin an adapter that drives it:"
    if results.verdict is Verdict.PARTIAL:
        return "For a verdict on the app as a whole, rehearse everything:"
    if _to_repeat(results):
        return "After the first fix, rehearse its edge case alone, then everything:"
    if results.verdict in (Verdict.NOT_READY, Verdict.INCOMPLETE):
        return "When this is done, rehearse again:"
    return "Rehearse again after every change to the sync:"


def repeat_command(results: Results) -> str:
    """The command that plays the very same rehearsal: same people, same ids."""
    run = results.run
    parts = ["rosterready", "certify", *app_options(run), "--mode", run.mode]
    parts += ["--seed", str(run.seed), "--salt", run.salt]
    return shlex.join((*parts, *_only(run.selected)))


def _to_repeat(results: Results) -> tuple[str, ...]:
    if results.verdict is not Verdict.NOT_READY:
        return ()
    failing = {
        check.id: check.edge_case
        for check in results.checks
        if check.outcome is Outcome.FAIL and not check.waived
    }
    first = open_items.first_cause(results)
    names = first.checks if first else failing
    return next(((failing[name],) for name in names if failing.get(name)), ())


def _ready(results: Results) -> str:
    met = _count(results, RequirementState.MET)
    return f"All {met} requirements that apply to your app are met."


def _conditions(results: Results) -> str:
    points = counted(len(results.to_do), "item") if results.to_do else "some items"
    verb = "needs" if len(results.to_do) == 1 else "need"
    return f"No MUST requirement is broken; {points} below {verb} your attention."


def _not_ready(results: Results) -> str:
    musts = [row for row in results.requirements if row.level is Level.MUST]
    broken = sum(row.state is RequirementState.NOT_MET for row in musts)
    if broken:
        verb = "is" if broken == 1 else "are"
        return f"{broken} of {counted(len(musts), 'MUST requirement')} {verb} not met."
    return "A declaration or a waiver conflicts with what was observed."


def _incomplete(results: Results) -> str:
    if not results.checks:
        return "Nothing was checked, so there is no verdict."
    faults = {check.responsible for check in results.checks if check.outcome is Outcome.ERROR}
    ours = ResponsibleParty.HARNESS in faults or ResponsibleParty.SIMULATOR in faults
    if ours and results.run.ended == "completed":
        return "The rehearsal itself failed in places, so there is no verdict on the app."
    unproven = _count(results, RequirementState.NOT_PROVEN)
    verb = "is" if unproven == 1 else "are"
    rows = counted(unproven, "requirement")
    return f"No MUST requirement is known to be broken, but {rows} {verb} not proven."


def _partial(results: Results) -> str:
    outcomes = {check.outcome for check in results.checks}
    if outcomes <= {Outcome.NOT_APPLICABLE}:
        return "Nothing that was selected applies to your app, so nothing was checked."
    judged = counted(len(results.checks), "check")
    failing, blocked = results.count(Outcome.FAIL), results.count(Outcome.BLOCKED)
    counts = f"{failing} of {judged} {'fails' if failing == 1 else 'fail'}" if failing else judged
    if blocked:
        counts += f", {blocked} {'is' if blocked == 1 else 'are'} blocked"
    return f"Only the selected checks were judged ({counts}), so there is no verdict on the app."


def _count(results: Results, state: RequirementState) -> int:
    return sum(row.state is state for row in results.requirements)


def app_options(run: Run) -> tuple[str, ...]:
    """The options that name the app and its configuration, as they were."""
    config = ("--config", run.config) if run.config else ()
    return (*config, "--adapter", run.adapter)


def _only(names: Iterable[str]) -> tuple[str, ...]:
    """The option for each name: it is given once for each."""
    words: list[str] = []
    for name in names:
        export = exported((name,))
        words += ("--day", export.partition(":")[2]) if export else ("--only", name)
    return tuple(words)
