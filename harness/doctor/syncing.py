"""Syncing: the app is told of a district, runs one sync, and asks Clever for what it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harness.adapters.loaded import LoadedAdapter
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.doctor.asking import Answered, Asking
from harness.doctor.diagnosis import Diagnosis, State
from harness.prose import counted, few
from harness.simulator.http.traffic import Exchange

_DO = {
    SyncState.REFUSED: "Nothing is wrong with this Clever: let the app sync here.",
    SyncState.HELD: "Answer the call `approve` (capability approve), or let a first sync pass.",
    SyncState.FAILED: "Look into the app, or into what the adapter calls.",
    SyncState.TIMED_OUT: "Return from `sync` once its result is applied.",
    SyncState.PARTIAL: "Nothing in this district is odd: see why the app skips it.",
}


def synced(
    adapter: LoadedAdapter, asking: Asking, connection: Connection, mode: Mode
) -> Answered[Sync]:
    """How a sync ended, approved if the app held it; raises AdapterError."""
    answer = asking.ask("sync", lambda: adapter.sync(connection, mode))
    if answer.value.state is SyncState.HELD and Capability.APPROVE in adapter.capabilities:
        approved = asking.ask("approve", lambda: adapter.approve(connection))
        exchanges = (*answer.exchanges, *approved.exchanges)
        return Answered(approved.value, answer.seconds + approved.seconds, exchanges)
    return answer


def ended(answer: Answered[Sync], *, kept: bool) -> Diagnosis:
    """Whether a sync ended well: nothing in the tiny district calls for anything else.

    An app that `kept` people all the same reports warnings so, which is its own affair.
    """
    sync = answer.value
    came = f"ended as {sync.state} in {answer.seconds:.1f} s"
    if sync.state is SyncState.COMPLETED:
        return Diagnosis(tried="sync", came=came)
    skipped = [f"{row.clever_id}: {row.reason}" for row in sync.skipped[:5]]
    return Diagnosis(
        tried="sync",
        came=f"{came}: {sync.reason}" if sync.reason else f"{came}, without a reason",
        do=_DO[sync.state],
        state=State.NOTE if kept or sync.state is SyncState.PARTIAL else State.WRONG,
        details=(*skipped, *sync.log.rstrip().splitlines()),
    )


def requests(exchanges: Sequence[Exchange]) -> Diagnosis:
    """Whether the app reaches Clever, and is answered."""
    if not exchanges:
        return Diagnosis(
            tried="app to Clever",
            came="the app asked the simulated Clever for nothing",
            do="Have the app use `api` and `accounts` of the connection in place of "
            "https://api.clever.com and https://clever.com, also for its token.",
            state=State.WRONG,
        )
    refused = Counter(
        f"{row.method} {row.path} was answered {row.status}"
        for row in exchanges
        if row.status >= 400
    )
    whole = any(row.delivery and row.delivery.total is not None for row in exchanges)
    came = f"{counted(len(exchanges), 'request')}, {_agents(exchanges)}"
    if whole and not refused:
        return Diagnosis(tried="app to Clever", came=came)
    return Diagnosis(
        tried="app to Clever",
        came=came if whole else f"{came}, and no list of records was read",
        do=_remedy(exchanges),
        state=State.NOTE if whole else State.WRONG,
        details=tuple(refused)[:5],
    )


def _remedy(exchanges: Sequence[Exchange]) -> str:
    statuses = {row.status for row in exchanges}
    if 401 in statuses:
        return (
            "Get the district's token from {accounts}/oauth/tokens?owner_type=district, with the "
            "client's ID and secret as HTTP Basic, and send it as `Authorization: Bearer`."
        )
    if 404 in statuses:
        return "Put the version and the list behind `api`: {api}/v3.1/users."
    return "Read {api}/v3.1/users and the other lists."


def _agents(exchanges: Sequence[Exchange]) -> str:
    agents = [agent for agent in dict.fromkeys(row.agent for row in exchanges) if agent]
    return f"from {few(agents)}" if agents else "without a User-Agent"
