"""Drafts that rest on what a vendor declares: in whose words they are, and what limits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from rehearsing import CATALOGUE, recorded, rehearsed

from harness.assess.answer import Answer
from harness.assess.counterexamples import Counterexamples
from harness.assess.drafts import Drafts
from harness.assess.facts import facts
from harness.assess.kinds import Kinds
from harness.assess.recording_index import RecordingIndex
from harness.contract.account_rules import ACCOUNT_HOLDERS, AccountRule
from harness.contract.edit import EditKind, EditPersistence
from harness.recording.recording import SnapshotTaken

pytestmark = pytest.mark.no_cover  # other tests reach the same code

AT_LOGIN = dict.fromkeys(ACCOUNT_HOLDERS, (AccountRule.AT_LOGIN,))


def drafted(question: str, *, seen: bool = True, **declared: Any) -> Answer:
    """The demo's answer if its vendor had declared otherwise; `seen`: if any check was made."""
    recording = recorded("demo")
    profile = replace(recording.header.profile, **{"declares": {}, **declared})
    header = replace(recording.header, profile=profile)
    index = RecordingIndex(replace(recording, header=header))
    known: Mapping[str, Any] = facts(index) if seen else {}
    checks = rehearsed("demo").checks if seen else ()
    drafts = Drafts(checks, known, Kinds(index), profile, Counterexamples(index))
    return drafts.answer(next(row for row in CATALOGUE.questions if row.id == question))


def test_what_a_vendor_declares_is_not_called_their_words() -> None:
    answer = drafted("stores-progress", seen=False, declares={"keeps-progress": ("yes",)})

    assert answer.answer == "We store people's work and keep all of it."
    assert answer.reason == "Drafted from what you declare of `keeps-progress`."


def test_words_of_a_vendor_are_called_so() -> None:
    own = {"stores-progress": "We keep scores."}
    answer = drafted("stores-progress", seen=False, answers=own)

    assert answer.reason == "Your own words, from rosterready.toml."


def test_edits_that_nobody_can_make_need_one_sentence() -> None:
    declares = dict.fromkeys(EditKind, (EditPersistence.NOT_POSSIBLE,))

    for question in ("edits-persist", "edit-section-members"):
        answer = drafted(question, seen=False, declares=declares)
        assert answer.answer == "Our application allows no such change."
    one = drafted("create-groups", seen=False, declares=declares)
    assert one.answer == "Nobody can create groups in our application."


def test_accounts_that_are_made_at_login_are_asked_about() -> None:
    for question in ("login-records", "first-login", "later-logins"):
        assert drafted(question, accounts=AT_LOGIN).waits
        assert not drafted(question).waits
    how = drafted("update-on-login-or-batch", accounts=AT_LOGIN).answer
    assert how.endswith("get their accounts at their first login.")


def test_whose_accounts_need_no_address_are_told_from_those_that_do() -> None:
    rule = {"contacts": (AccountRule.WITH_EMAIL,)}
    answer = drafted("missing-fields", accounts=rule).answer

    assert "People who are only contacts have accounts only with an e-mail address. For" in answer
    assert "For everybody else an address makes no difference (" in answer
    assert "like everybody else" not in answer
    assert "contacts" not in drafted("student-teacher-associations", accounts=rule).answer


def test_records_whose_ids_do_not_last_are_not_said_to_be_the_same() -> None:
    not_held = {"users.lasting-id": "Each change is a row."}

    assert "{" not in drafted("restored-records").answer
    assert "instead of creating new records" in drafted("restored-records").answer
    assert "without a new account" in drafted("teacher-administrators").answer
    restored = drafted("restored-records", not_held=not_held).answer
    assert "sections" in restored
    assert "students are in use again" not in drafted("restored-records").answer
    assert "without a new" not in drafted("teacher-administrators", not_held=not_held).answer


def test_who_comes_back_under_another_id_is_not_said_to_be_archived() -> None:
    """Unless the app shows what is out of use: then it is there."""
    why = "what is purged comes back with a new ID and all its work"
    recording = recorded("demo")
    profile = replace(recording.header.profile, not_held={"users.lasting-id": why})
    header = replace(recording.header, profile=profile)
    text = {}
    for shown_too in (True, False):
        entries = tuple(
            replace(entry, snapshot=replace(entry.snapshot, includes_archived=shown_too))
            if isinstance(entry, SnapshotTaken)
            else entry
            for entry in recording.entries
        )
        index = RecordingIndex(replace(recording, header=header, entries=entries))
        checks = rehearsed("demo").checks
        drafts = Drafts(checks, facts(index), Kinds(index), profile, Counterexamples(index))
        question = next(row for row in CATALOGUE.questions if row.id == "deleted-records")
        text[shown_too] = drafts.answer(question).answer

    assert "we archive them instead of deleting them" in text[True]
    assert "we archive them" not in text[False]
    assert "not in use any more. What is purged comes back with a new ID and" in text[False]
