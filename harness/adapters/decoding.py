"""Decoding: what an app answered, as values of the contract, and every complaint said well.

The schemas of answers are `reports/schemas/snapshot.schema.json`, `sync.schema.json` and
`created.schema.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from harness.adapters.call import CONTRACT, Description
from harness.adapters.plain_answer import plain
from harness.adapters.schema_check import fits, schema_problems, shown
from harness.contract.account import Created
from harness.contract.account_rules import ACCOUNT_HOLDERS, misruled
from harness.contract.adapter import Capability
from harness.contract.declarations import DECLARATIONS, misdeclared
from harness.contract.decode import ShapeError, from_dict
from harness.contract.former_names import former_names, warn
from harness.contract.profile import FORMERLY_HOLDABLE, HOLDABLE, Profile
from harness.contract.snapshot import HeldUser, Snapshot
from harness.contract.snapshot_decoder import SnapshotDecoder
from harness.contract.sync import Sync
from harness.errors import AdapterError, SnapshotInvalid
from harness.prose import counted, did_you_mean


def snapshot_from(answer: object, decoder: SnapshotDecoder | None = None) -> Snapshot:
    """The snapshot an app answered, as a value or in wire form; raises SnapshotInvalid.

    A decoder that read earlier snapshots of the app reads this one faster.
    """
    decoder = decoder or SnapshotDecoder()
    if type(answer) is Snapshot and (known := _completed(answer, decoder)):
        return known
    document = plain(answer)
    if problems := schema_problems("snapshot", document):
        raise SnapshotInvalid(
            f"snapshot: {_first_of(problems)}", hint=_described_in("snapshot"), problems=problems
        )
    for shape, rows in ((Snapshot, [document]), (HeldUser, document["users"])):
        for old, new in former_names(shape).items():
            if any(old in row for row in rows):
                warn("snapshot", old, new)
    return decoder.decode(document)


def _completed(answer: Snapshot, decoder: SnapshotDecoder) -> Snapshot | None:
    """A snapshot of which only new and changed rows are looked at; None if that is not possible."""
    try:
        fresh, known = decoder.unread(answer)
        document = plain(fresh)
    except (AdapterError, TypeError):
        return None  # looked at as a whole, it says what is wrong
    if not fits("snapshot", document):
        return None
    return decoder.completed(fresh, decoder.decode(document), known)


def sync_from(answer: object) -> Sync:
    """How a sync ended, as a value or in wire form; raises AdapterError."""
    return from_dict(Sync, _checked("sync", answer))


def created_from(answer: object) -> Created:
    """The account that was made, as a value or in wire form; raises AdapterError."""
    return from_dict(Created, _checked("created", answer))


def _checked(name: str, answer: object) -> Any:
    document = plain(answer)
    if problems := schema_problems(name, document):
        raise AdapterError(
            f"{name}: {_first_of(problems)}", hint=_described_in(name), problems=problems
        )
    return document


def _first_of(problems: Sequence[str]) -> str:
    others = len(problems) - 1
    if not others:
        return problems[0]
    return f"{problems[0]}, and {counted(others, 'other problem')} (`rosterready doctor` lists all)"


def _described_in(name: str) -> str:
    return f"`rosterready docs {name}` prints the schema."


def profile_from(answer: object) -> Profile:
    """The declarations an adapter brings along; raises AdapterError."""
    document = plain(answer)
    try:
        profile = from_dict(Profile, document)
    except ShapeError as error:
        raise AdapterError(f"profile: {error}") from error
    for key in FORMERLY_HOLDABLE.keys() & document.get("not_held", {}).keys():
        warn("profile: not_held", key, FORMERLY_HOLDABLE[key])
    for key in profile.not_held:
        if key not in HOLDABLE:
            raise AdapterError(
                f"profile: not_held names {key!r}, expected one of {', '.join(HOLDABLE)}",
                hint=did_you_mean(key, HOLDABLE),
            )
    if profile.archiving and profile.archiving.problem:
        raise AdapterError(f"profile: archiving: {profile.archiving.problem}")
    for key, rules in profile.accounts.items():
        if key not in ACCOUNT_HOLDERS:
            raise AdapterError(
                f"profile: accounts names {key!r}, expected one of {', '.join(ACCOUNT_HOLDERS)}",
                hint=did_you_mean(key, ACCOUNT_HOLDERS),
            )
        if problem := misruled(key, rules):
            raise AdapterError(f"profile: accounts.{key}: {problem}")
    for key, values in profile.declares.items():
        if key not in DECLARATIONS:
            raise AdapterError(
                f"profile: declares names {key!r}, expected one of {', '.join(DECLARATIONS)}",
                hint=did_you_mean(key, DECLARATIONS),
            )
        if problem := misdeclared(key, values):
            raise AdapterError(f"profile: declares.{key}: {problem}")
    return profile


def description_from(answer: object) -> Description:
    """What an adapter says about itself in wire form; raises AdapterError."""
    if not isinstance(answer, Mapping):
        raise AdapterError(
            f"describe: found {shown(answer)}, expected an object",
            hint='Answer with {"contract": 1, "capabilities": []}.',
        )
    if unknown := answer.keys() - {"contract", "capabilities", "profile"}:
        names = ", ".join(sorted(map(str, unknown)))
        expected = "contract, capabilities, profile"
        raise AdapterError(f"describe: unknown key {names}, expected {expected}")
    if answer.get("contract") != CONTRACT:
        version = shown(answer.get("contract"))
        raise AdapterError(f"describe: contract is {version}, expected {CONTRACT}")
    brought = answer.get("profile")
    return Description(
        capabilities=_capabilities(answer.get("capabilities", ())),
        profile=None if brought is None else profile_from(brought),
    )


def _capabilities(names: object) -> frozenset[Capability]:
    known = {ability.value: ability for ability in Capability}
    if not isinstance(names, Iterable) or isinstance(names, str | Mapping):
        raise AdapterError(f"describe: capabilities is {shown(names)}, expected a list")
    for name in names:
        if name not in known:
            raise AdapterError(
                f"describe: there is no capability {shown(name)}, expected {', '.join(known)}",
                hint=did_you_mean(str(name), known),
            )
    return frozenset(known[name] for name in names)
