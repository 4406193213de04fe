"""Conditions: what a profile declares that limits an answer, as it can stand beside it.

Each is a sentence or several, or "" when the profile declares nothing of the kind.
"""

from __future__ import annotations

from harness.assess.expectations import ROLE_KEYS
from harness.assess.kinds import NOUNS
from harness.assess.recording_index import RecordingIndex
from harness.assess.scope import limited_accounts
from harness.contract.account_rules import AccountRule
from harness.contract.rows import RowPer
from harness.prose import capitalized, joined


def without_accounts(index: RecordingIndex) -> str:
    """For whom the sync creates no accounts, and why in the vendor's words."""
    declared: dict[str, list[str]] = {}
    for kind in ROLE_KEYS.values():
        if reason := index.profile.not_held.get(kind):
            declared.setdefault(f"{capitalized(reason).rstrip('.')}.", []).append(NOUNS[kind])
    sentences = [
        f"The sync creates no accounts for {joined(whose)}: {reason}"
        for reason, whose in declared.items()
    ]
    return " ".join((*sentences, *limited_accounts(index.profile)))


def accounts_need_address(index: RecordingIndex) -> str:
    """Whose accounts need an e-mail address."""
    return " ".join(limited_accounts(index.profile, AccountRule.WITH_EMAIL))


def teachers_need_address(index: RecordingIndex) -> str:
    """The same, if teachers are among them."""
    ruled = AccountRule.WITH_EMAIL in index.profile.accounts.get("teachers", ())
    return accounts_need_address(index) if ruled else ""


def teachers_at_login(index: RecordingIndex) -> str:
    """That no sync creates accounts for teachers, but their first login does."""
    later = index.profile.at_login("teachers")
    return " ".join(limited_accounts(index.profile, AccountRule.AT_LOGIN)) if later else ""


def accounts_need_class(index: RecordingIndex) -> str:
    """Who has an account only while a class lists them."""
    return " ".join(limited_accounts(index.profile, AccountRule.WITH_CLASS))


def archives_later(index: RecordingIndex) -> str:
    """How long the app waits before it archives."""
    declared = index.profile.archiving
    return f"A record is archived {declared}, not at once." if declared else ""


def members_not_held(index: RecordingIndex) -> str:
    """Which members sections do not have, and why in the vendor's words."""
    not_held = index.profile.not_held
    sentences = [
        f"Our sync assigns no {kind} to classes: {capitalized(reason).rstrip('.')}."
        for kind in ("students", "teachers")
        if (reason := not_held.get(kind) or not_held.get(f"sections.{kind}"))
    ]
    return " ".join(sentences)


def current_terms_only(index: RecordingIndex) -> str:
    """That only current terms and their classes are in the app."""
    reason = index.profile.not_held.get("terms.past-and-future", "")
    return (
        "Only terms that are current, and their classes, are in our application: "
        f"{capitalized(reason).rstrip('.')}."
        if reason
        else ""
    )


def account_for_each(index: RecordingIndex) -> str:
    """Of what a user has an account each: `an account for each role`."""
    per = index.profile.rows.get("users")
    if per is RowPer.TEACHER:
        return "one account or, as students, one for each of their teachers"
    return f"an account for each {_PER_USER[per]}" if per in _PER_USER else ""


def account_for_each_role(index: RecordingIndex) -> str:
    """The same, if somebody with two roles has more than one account for that reason."""
    per = index.profile.rows.get("users")
    return account_for_each(index) if per in (RowPer.ROLE, RowPer.SCHOOL) else ""


def rows_of_users(index: RecordingIndex) -> str:
    """That one person has several accounts."""
    per = index.profile.rows.get("users")
    if per is RowPer.CHILD:
        return "A contact has an account for each student."
    if per is RowPer.TEACHER:
        return "A student has an account for each of their teachers."
    return f"A user has {words}." if (words := account_for_each(index)) else ""


def rows_of_sections(index: RecordingIndex) -> str:
    """That a section is there several times."""
    declared = "sections" in index.profile.rows
    return "A section with several teachers is there once for each of them." if declared else ""


def rows_of_records(index: RecordingIndex) -> str:
    """The same of all record types that are there several times."""
    sentences = [rows_of_users(index), rows_of_sections(index)]
    for key, noun in (("courses", "course"), ("terms", "term")):
        if per := index.profile.rows.get(key):
            sentences.append(f"A {noun} is there once for each {_PER_GROUP[per]}.")
    return " ".join(filter(None, sentences))


_PER_USER = {
    RowPer.ROLE: "role",
    RowPer.SCHOOL: "school of each role",
    RowPer.CLASS: "class",
}
_PER_GROUP = {RowPer.SCHOOL: "school", RowPer.CLASS: "class", RowPer.TEACHER: "teacher"}
