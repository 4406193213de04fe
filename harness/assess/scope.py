"""Scope: of which kinds of records and roles a check or a verdict speaks, and of which not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from harness.assess.expectations import ARCHIVING_KEY, ROLE_KEYS
from harness.assess.recording_index import RecordingIndex
from harness.contract.account_rules import ACCOUNT_HOLDERS, RULES, AccountRule, rule_key
from harness.contract.profile import HOLDABLE, Profile
from harness.district.data_model.records import Kind, User, roles_of
from harness.prose import capitalized, joined

_ROLES = tuple(ROLE_KEYS.values())
_ITSELF: Mapping[Kind, Sequence[str]] = {kind: (kind.value,) for kind in Kind}


def kinds_of(index: RecordingIndex, district: str, kind: Kind, clever_id: str) -> Sequence[str]:
    """What a record counts as: a user as each of their roles, everything else as its kind."""
    return kinds_in(index, district, kind)(clever_id)


def kinds_in(index: RecordingIndex, district: str, kind: Kind) -> Callable[[str], Sequence[str]]:
    """`kinds_of` for many records of one kind in one district, by Clever ID."""
    itself = _ITSELF[kind]
    if kind != "users":
        return lambda clever_id: itself
    roles = index.cached(("roles", district), lambda: _roles(index, district))
    return lambda clever_id: roles.get(clever_id) or itself


def _roles(index: RecordingIndex, district: str) -> Mapping[str, Sequence[str]]:
    """The roles that each user has on any day, as far as the app holds such users."""
    held = {role: key for role, key in ROLE_KEYS.items() if index.expectations.holds_role(role)}
    keys_by_user: dict[str, dict[str, None]] = {}
    known: dict[str, User] = {}
    for day in index.days_of(district):
        for clever_id, user in index.roster(district, day).users.items():
            if known.get(clever_id) is not user:  # an unchanged one is the same object
                known[clever_id] = user
                keys = [held[role] for role in roles_of(user) if role in held]
                keys_by_user.setdefault(clever_id, {}).update(dict.fromkeys(keys))
    return {clever_id: tuple(keys) for clever_id, keys in keys_by_user.items()}


def covered(kinds: Iterable[str]) -> str:
    """Kinds and roles in words, in a fixed order: `users and sections`."""
    kinds_covered = set(kinds)
    if kinds_covered.issuperset(_ROLES):
        kinds_covered = (kinds_covered - {*_ROLES}) | {Kind.USERS.value}
    order = (Kind.USERS.value, *_ROLES, *(key for key in HOLDABLE if key not in _ROLES))
    return joined(
        [HOLDABLE.get(kind, kind) for kind in dict.fromkeys(order) if kind in kinds_covered]
    )


def not_kept(keys: Iterable[str]) -> str:
    """What an app is declared not to hold, as a clause: `the app does not keep terms`; or ""."""
    missing = set(keys)
    words = [HOLDABLE[key] for key in HOLDABLE if key in missing]
    clauses = [f"the app does not keep {joined(words)}"] if words else []
    if ARCHIVING_KEY in missing:
        clauses.append("what is no longer shared is archived after the declared time")
    for rule, limits in RULES.items():
        whose = [HOLDABLE[key] for key in ACCOUNT_HOLDERS if rule_key(key, rule) in missing]
        clauses += [f"{joined(whose)} {limits}"] if whose else []
    return "; ".join(clauses)


def limited_accounts(
    profile: Profile, *rules: AccountRule, among: Sequence[str] = ACCOUNT_HOLDERS
) -> Sequence[str]:
    """Who has accounts only under these rules, or under any: `Teachers get their accounts ...`."""
    sentences = []
    for rule in rules or AccountRule:
        whose = [key for key in among if rule in profile.accounts.get(key, ())]
        sentences += [f"{_who(profile, whose)} {RULES[rule]}."] if whose else []
    return sentences


_OTHERS = ("teachers", "staff", "district_admins", "contacts")
"""Who can have another role as well, with which a sync gives them an account."""


def _who(profile: Profile, keys: Sequence[str]) -> str:
    """Whom a rule is about, as the beginning of a sentence: `People who are only teachers`.

    Whoever has another role as well has an account by that.
    """
    nouns = {key: "contacts" if key == "contacts" else HOLDABLE[key] for key in keys}
    if not any(profile.holds(key) and key not in keys for key in _OTHERS):
        return capitalized(joined(list(nouns.values())))
    students = [noun for key, noun in nouns.items() if key not in _OTHERS]
    others = [noun for key, noun in nouns.items() if key in _OTHERS]
    only = [f"people who are only {joined(others, 'or')}"] if others else []
    return capitalized(joined([*students, *only]))
