"""Facts: what the recording says without judging, for answers; each has a name and a function."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from harness.assess.edit_persistence import edit_words
from harness.assess.facts import conditions, holding, names, requests, syncs
from harness.assess.matching import matching_words
from harness.assess.recording_index import RecordingIndex

OfKinds = Callable[[Collection[str]], str]
"""The words for the kinds an answer speaks of; "" when the recording does not show it of them."""
Facts = Mapping[str, str | OfKinds]
"""Name in braces → the words for it, "" when the recording does not show it."""

FACTS: Mapping[str, Callable[[RecordingIndex], str | OfKinds]] = {
    "account_for_each": conditions.account_for_each,
    "account_for_each_role": conditions.account_for_each_role,
    "accounts_at_login": conditions.accounts_at_login,
    "accounts_need_address": conditions.accounts_need_address,
    "accounts_need_class": conditions.accounts_need_class,
    "archives_later": conditions.archives_later,
    "current_terms_only": conditions.current_terms_only,
    "for_everybody_else": conditions.for_everybody_else,
    "members_need_address": conditions.members_need_address,
    "members_not_held": conditions.members_not_held,
    "several_accounts": conditions.several_accounts,
    "rows_of_records": conditions.rows_of_records,
    "rows_of_sections": conditions.rows_of_sections,
    "rows_of_users": conditions.rows_of_users,
    "teachers_at_login": conditions.teachers_at_login,
    "teachers_need_address": conditions.teachers_need_address,
    "without_accounts": conditions.without_accounts,
    "api_versions": requests.api_versions,
    "asks_how": requests.asks_how,
    "events_read": requests.events_read,
    "full_syncs": syncs.full_syncs,
    "held_syncs": syncs.held_syncs,
    "rollover_sync": syncs.rollover_sync,
    "waits_for_approval": syncs.waits_for_approval,
    "events_unused": requests.events_unused,
    "matching": matching_words,
    "after_next_sync": holding.after_next_sync,
    "archived": holding.archived,
    "instead_of_deleting": holding.instead_of_deleting,
    "instead_of_new_ones": holding.instead_of_new_ones,
    "why_new_ids": holding.why_new_ids,
    "without_a_new_account": holding.without_a_new_account,
    "most_teachers": holding.most_teachers,
    "names_cut": names.names_cut,
    "pieces_of_work": holding.pieces_of_work,
    "records_read": requests.records_read,
    "several_schools": holding.several_schools,
    "sole_teacher": holding.sole_teacher,
    "teacher_cap": holding.teacher_cap,
    "token_reading": requests.token_reading,
    "unfinished_lists": requests.unfinished_lists,
    "update_method": requests.update_method,
    "update_style": requests.update_style,
    "users_without_address": holding.users_without_address,
    "users_without_section": holding.users_without_section,
}
"""Name in braces → what finds the words for it."""


def facts(index: RecordingIndex) -> Facts:
    """The words for the {names} in answers."""
    return {**edit_words(index), **{name: words(index) for name, words in FACTS.items()}}


def known_of(facts: Facts, kinds: Collection[str]) -> dict[str, str]:
    """The words for the {names} in an answer about these kinds; only what is known is in it."""
    known = {name: row if isinstance(row, str) else row(kinds) for name, row in facts.items()}
    return {name: words for name, words in known.items() if words}
