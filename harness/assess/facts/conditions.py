"""Conditions: what a profile declares that limits an answer, as it can stand beside it.

Each is a sentence or several, or "" when the profile declares nothing of the kind.
"""

from __future__ import annotations

from harness.assess.expectations import ROLE_KEYS
from harness.assess.kinds import NOUNS
from harness.assess.recording_index import RecordingIndex
from harness.assess.scope import limited_accounts
from harness.contract.account_rules import IN_A_CLASS, AccountRule
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
    return " ".join((*limited_accounts(index.profile), *sentences))


def accounts_need_address(index: RecordingIndex) -> str:
    """Whose accounts need an e-mail address."""
    return " ".join(limited_accounts(index.profile, AccountRule.WITH_EMAIL))


def for_everybody_else(index: RecordingIndex) -> str:
    """The beginning of what holds for those whose accounts need no address, if others' do."""
    return "For everybody else" if accounts_need_address(index) else ""


def members_need_address(index: RecordingIndex) -> str:
    """The same of those whom a section can list."""
    return " ".join(limited_accounts(index.profile, AccountRule.WITH_EMAIL, among=IN_A_CLASS))


def teachers_need_address(index: RecordingIndex) -> str:
    """The same, if teachers are among them."""
    ruled = AccountRule.WITH_EMAIL in index.profile.accounts.get("teachers", ())
    return accounts_need_address(index) if ruled else ""


def teachers_at_login(index: RecordingIndex) -> str:
    """That no sync creates accounts for teachers, but their first login does."""
    return accounts_at_login(index) if index.profile.at_login("teachers") else ""


def accounts_at_login(index: RecordingIndex) -> str:
    """Whose accounts are made at their first login."""
    return " ".join(limited_accounts(index.profile, AccountRule.AT_LOGIN))


def accounts_need_class(index: RecordingIndex) -> str:
    """Who has an account only while a class lists them."""
    return " ".join(limited_accounts(index.profile, AccountRule.WITH_CLASS))


def archives_later(index: RecordingIndex) -> str:
    """How long the app waits before it archives."""
    declared = index.profile.archiving
    return f"A record is archived {declared}, not at once." if declared else ""


def members_not_held(index: RecordingIndex) -> str:
    """Which members sections do not have, and why in the vendor's words.

    Sections can list people who have no account in the app.
    """
    not_held, sentences = index.profile.not_held, []
    for kind in IN_A_CLASS:
        of_sections = not_held.get(f"sections.{kind}", "")
        reason = not_held.get(kind) or of_sections
        if not reason:
            continue
        reason = f"{capitalized(reason).rstrip('.')}."
        if of_sections or not _listed(index, kind):
            sentences.append(f"Our sync assigns no {kind} to classes: {reason}")
        else:
            sentences.append(f"The {kind} whom our sections list have no accounts: {reason}")
    return " ".join(sentences)


def _listed(index: RecordingIndex, kind: str) -> bool:
    """Whether a section of the app ever lists any of these."""
    return any(
        getattr(section, kind)
        for taken in index.snapshots_taken
        for section in taken.snapshot.sections
    )


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
    """The same, if somebody with two roles has more than one account."""
    per = index.profile.rows.get("users")
    if per is RowPer.CLASS:
        return f"{account_for_each(index)}, with both roles in each"
    return account_for_each(index) if per in (RowPer.ROLE, RowPer.SCHOOL) else ""


def rows_of_users(index: RecordingIndex) -> str:
    """That one person has several accounts."""
    per = index.profile.rows.get("users")
    if per is RowPer.CHILD:
        return "A contact has an account for each student."
    if per is RowPer.TEACHER:
        return "A student has an account for each of their teachers."
    return f"A user has {words}." if (words := account_for_each(index)) else ""


def several_accounts(index: RecordingIndex) -> str:
    """The same, if who moves or stays can get another account or lose one for that reason."""
    per = index.profile.rows.get("users")
    return "" if per in (RowPer.ROLE, RowPer.CHILD) else rows_of_users(index)


def rows_of_sections(index: RecordingIndex) -> str:
    """That a section is there several times."""
    match index.profile.rows.get("sections"):
        case RowPer.TEACHER:
            return "A section with several teachers is there once for each of them."
        case RowPer.SCHOOL:
            return "A section that moves to another school is another one there."
        case _:
            return ""


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
