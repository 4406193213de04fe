"""Account rules: which people of a role have an account at all, as the vendor declares."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class AccountRule(StrEnum):
    """When a person has an account, where a sync does not create one for everybody."""

    AT_LOGIN = "at-login"
    WITH_CLASS = "with-class"
    WITH_EMAIL = "with-email"


ACCOUNT_HOLDERS = ("students", "teachers", "staff", "district_admins", "contacts")
"""Keys of `[profile.accounts]`."""

IN_A_CLASS = ("students", "teachers")
"""Those whom a section can list."""

RULES: Mapping[AccountRule, str] = {
    AccountRule.AT_LOGIN: "get their accounts at their first login",
    AccountRule.WITH_CLASS: "get accounts only once a class lists them",
    AccountRule.WITH_EMAIL: "have accounts only with an e-mail address",
}
"""How a sentence about these people goes on."""


def misruled(key: str, values: tuple[str, ...]) -> str:
    """What is wrong with the rules for the people of a role, or ""."""
    known = [r for r in AccountRule if r is not AccountRule.WITH_CLASS or key in IN_A_CLASS]
    for value in values:
        if value not in known:
            return f'"{value}" is not {" or ".join(known)}'
    if AccountRule.AT_LOGIN in values and len(values) > 1:
        return f'"{AccountRule.AT_LOGIN}" stands alone: who has not logged in is never missing'
    return "" if values else f"expected {' or '.join(known)}"


def rule_key(holder: str, rule: AccountRule) -> str:
    """What a verdict leaves out by this rule: `teachers.at-login`."""
    return f"{holder}.{rule}"
