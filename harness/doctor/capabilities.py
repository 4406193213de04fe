"""Capabilities: each optional call that the adapter offers is tried once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from harness.adapters.loaded import LoadedAdapter
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.profile import Profile
from harness.contract.snapshot import Snapshot, Work
from harness.doctor.asking import Asking
from harness.doctor.diagnosis import Diagnosis, State
from harness.doctor.edits import edits_of, edits_seen
from harness.doctor.tiny_district import TinyDistrict
from harness.errors import AdapterError
from harness.prose import joined

LESSON = "A lesson for the doctor"

_WITHOUT: Mapping[Capability, str] = {
    Capability.PROGRESS: "that people's work is kept",
    Capability.MATCHING: "that people keep the accounts they had before Clever",
    Capability.EDITS: "what becomes of manual edits",
}
"""Capability → what a rehearsal cannot see without it."""


class Tries:
    """The optional calls of one adapter, tried on one district."""

    def __init__(
        self,
        adapter: LoadedAdapter,
        asking: Asking,
        connection: Connection,
        district: TinyDistrict,
    ) -> None:
        self._adapter, self._asking = adapter, asking
        self._connection, self._district = connection, district

    def before(self) -> Iterator[Diagnosis]:
        """What comes before Clever: an account that the app's own people made."""
        if Capability.MATCHING not in self._adapter.capabilities:
            return
        tried = "create_account"
        try:
            app_id, refused = self._create_account()
            if refused:
                yield Diagnosis(
                    tried=tried,
                    came=f"the app made no account: {refused}",
                    do="Make the account before any sync, in a district and a school that the "
                    "app may not know yet.",
                    state=State.WRONG,
                )
                return
            local = self._snapshot().local_users
        except AdapterError as error:
            yield Diagnosis.of(tried, error)
            return
        if any(user.app_id == app_id for user in local):
            yield Diagnosis(tried=tried, came=f"account {app_id} is in `local_users`")
        else:
            yield Diagnosis(
                tried=tried,
                came=f"account {app_id} is not in `local_users` of the next snapshot",
                do="Return accounts that do not come from Clever as `local_users`, with this ID.",
                state=State.WRONG,
            )

    def _create_account(self) -> tuple[str, str]:
        account = self._district.account()
        return self._asking.ask(
            "act", lambda: self._adapter.create_account(self._connection, account)
        ).value

    def _snapshot(self) -> Snapshot:
        return self._asking.ask("snapshot", lambda: self._adapter.snapshot(self._connection)).value

    def after(self, held: Snapshot) -> Iterator[Diagnosis]:
        """What people and operators do once the district has synced."""
        tries = {
            Capability.PROGRESS: self._lesson,
            Capability.EDITS: self._edits,
            Capability.RESTART: self._restart,
        }
        for capability, attempt in tries.items():
            if capability in self._adapter.capabilities:
                try:
                    yield from attempt(held)
                except AdapterError as error:
                    yield Diagnosis.of(capability, error)

    def _lesson(self, held: Snapshot) -> Iterator[Diagnosis]:
        accounts: dict[str, list[str]] = {}
        for user in held.users:
            accounts.setdefault(user.clever_id, []).append(user.app_id)
        student = next((s["id"] for s in self._district.students() if s["id"] in accounts), None)
        if student is None:
            return  # that no student came back is told already
        refused = self._asking.ask(
            "act", lambda: self._adapter.finish_lesson(self._connection, student, LESSON)
        ).value
        own = accounts[student]  # several where the app keeps several rows of a user
        expected = f'{{"account": {own[0]!r}, "lesson": {LESSON!r}}}'
        if refused:
            yield _wrong(
                "finish_lesson",
                f"the app refused it to a student in use: {refused}",
                "Do it as the user with the Clever ID `clever_id`.",
            )
        elif any(work.account in own and work.lesson == LESSON for work in self._progress()):
            yield Diagnosis(tried="finish_lesson", came="the work is in `progress` afterwards")
        else:
            yield _wrong(
                "finish_lesson",
                "the work is not in `progress` of the next snapshot",
                f"Return it there: {expected}; `account` is the `app_id` of the user.",
            )

    def _progress(self) -> tuple[Work, ...]:
        return self._snapshot().progress

    def _edits(self, _: Snapshot) -> Iterator[Diagnosis]:
        adapter, connection = self._adapter, self._connection
        made, refused = [], {}
        for edit in edits_of(self._district):
            call = partial(adapter.edit, connection, edit)
            if why := self._asking.ask("act", call).value:
                refused[str(edit.kind)] = why
            else:
                made.append(edit)
        yield from edits_seen(made, refused, self._snapshot())

    def _restart(self, held: Snapshot) -> Iterator[Diagnosis]:
        before = self._snapshot()
        self._asking.ask("restart", lambda: self._adapter.restart(self._connection))
        if self._snapshot() == before:
            yield Diagnosis(tried="restart", came="the app came back with all it had stored")
        else:
            yield _wrong(
                "restart",
                "the app came back with something else than it had stored",
                "Keep everything the app has stored.",
            )


def missing(adapter: LoadedAdapter, profile: Profile) -> Iterator[Diagnosis]:
    """What a rehearsal cannot see for lack of optional calls."""
    lacking = [
        (ability, what)
        for ability, what in _WITHOUT.items()
        if ability not in adapter.capabilities
        and not (ability is Capability.PROGRESS and not profile.holds("progress"))
    ]
    if lacking:
        yield Diagnosis(
            tried="capabilities",
            came=f"{joined([ability for ability, _ in lacking])} not offered, so a rehearsal will "
            f"not see {joined([what for _, what in lacking], 'or')}",
            do="Offer what your app can do; the adapter guide has the calls.",
            state=State.NOTE,
        )


def _wrong(tried: str, came: str, do: str) -> Diagnosis:
    return Diagnosis(tried=tried, came=came, do=do, state=State.WRONG)
