"""Refusals: whom an app gives no account although Clever shares them."""

from __future__ import annotations

from composed.held import Shared
from composed.model import PaperDay
from composed.policies import Policies


def refused(policies: Policies, day: PaperDay) -> set[tuple[str, str]]:
    """Delivered users who get no account since no section names them, or for want of an address."""
    return _without_account(policies, day) & day.read


def unexpected(policies: Policies, day: PaperDay) -> set[tuple[str, str]]:
    """Users of whom it is declared that they have no account."""
    return _without_account(policies, day) if policies.who == "declared" else set()


def _without_account(policies: Policies, day: PaperDay) -> set[tuple[str, str]]:
    lacking = incomplete(policies, day)
    shared = Shared.on(day, policies)
    if policies.accounts == "all":
        return lacking
    sections = shared.roster.sections.values()
    named = {key for one in sections for key in (*one["students"], *one["teachers"])}
    users = {record for record in shared.records if record[0] == "users"}
    return lacking | {record for record in users if record[1] not in named}


def incomplete(policies: Policies, day: PaperDay) -> set[tuple[str, str]]:
    """Users whom an app refuses for a value that Clever does not guarantee."""
    shared = Shared.on(day, policies)
    users = shared.roster.users
    return {
        record
        for record in shared.records
        if policies.requires == "email"
        and record[0] == "users"
        and not users[record[1]].get("email")
    }
