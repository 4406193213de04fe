"""Work that somebody else has, too, is told from work that stayed with its owner alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assess.deliveries import Year
from simulator import town

from harness.assess.causes.work import work_moved
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import HeldUser, Snapshot, Work
from harness.district.data_model.roster import Roster
from harness.plan.plan import COMMON
from harness.recording.recording import LessonFinished, Published
from harness.suite.checks import history

DONE, LATER = "first-share", "midyear"
TOM, TIM = (town.number("a1", one) for one in (11, 12))
ADDRESS = "lien.t@example.org"
FINISHED = LessonFinished(
    district=COMMON,
    day=DONE,
    edge_case="used-again",
    person="Tom",
    act="finishes a lesson",
    lesson="a lesson",
)


def shared(**addresses: str) -> Roster:
    """The town with Tom and Tim, of these addresses."""
    roster = town.roster()
    users = dict(roster.users)
    for clever_id, name in ((TOM, "Tom"), (TIM, "Tim")):
        users[clever_id] = town.student(clever_id, name, [town.ELM], addresses.get(name, ""))
    return replace(roster, users=dict(sorted(users.items())))


def held(roster: Roster, owners: Iterable[str]) -> Snapshot:
    users = tuple(HeldUser(clever_id=one, app_id=f"row-{one}") for one in roster.users)
    progress = tuple(Work(account=f"row-{one}", lesson="a lesson") for one in owners)
    return Snapshot(users=users, progress=progress)


def year(then: Iterable[str], now: Iterable[str]) -> RecordingIndex:
    """A lesson of Tom's, and who had it on two days; Tim gets Tom's address in between."""
    played = Year()
    for day, owners, roster in (
        (DONE, then, shared(Tom=ADDRESS)),
        (LATER, now, shared(Tim=ADDRESS)),
    ):
        played.day(day, roster, held=held(roster, owners))
    played.entries = [
        replace(entry, cast={"used-again": {"Tom": TOM}}) if isinstance(entry, Published) else entry
        for entry in played.entries
    ]
    played.entries.append(FINISHED)
    return played.index


def test_a_lesson_that_its_owner_alone_has_is_kept() -> None:
    kept = history.kept(year([TOM], [TOM]), [FINISHED], LATER)

    assert kept.examined
    assert kept.findings == []


def test_a_lesson_that_somebody_else_got_as_well_is_not_the_owner_s_alone() -> None:
    [finding] = history.kept(year([TOM], [TOM, TIM]), [FINISHED], LATER).findings

    assert finding.sentence.startswith("The lesson Tom finished on the day `first-share` is with ")


def test_a_lesson_that_two_had_from_the_first_has_not_gone_to_anybody() -> None:
    assert history.kept(year([TOM, TIM], [TOM, TIM]), [FINISHED], LATER).findings == []


def test_the_cause_names_the_address_that_work_went_with() -> None:
    index = year([TOM], [TIM])
    [cause] = work_moved(index, history.kept(index, [FINISHED], LATER).findings)

    assert cause.id == "work-moves:email"
    assert "whoever gets the e-mail address of its owner" in cause.sentence


def test_the_cause_names_no_address_that_work_did_not_go_with() -> None:
    index = year([TOM], [town.AUNT])
    [cause] = work_moved(index, history.kept(index, [FINISHED], LATER).findings)

    assert cause.id == "work-moves"
