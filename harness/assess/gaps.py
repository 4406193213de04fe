"""Gaps: records that never reached the app, and which of its requests explains that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from harness.assess.api_paths import instead_of, is_known, joined_twice, pattern_of
from harness.assess.deliveries import Deliveries
from harness.assess.lists_read import ListRead
from harness.district.data_model.records import Kind, Record, User, roles_of
from harness.prose import counted, joined
from harness.recording.recording import LoggedRequest


class GapReason(StrEnum):
    """Why records never reached the app."""

    NOT_FOLLOWED = "not followed"  # the `next` link of a page
    FAILED = "failed"  # the answer to a page, and nothing answered it later
    NO_SUCH_PATH = "no such path"  # version 3 does not have it
    NARROWED = "narrowed"  # by a filter, or to the members of other records
    NEVER_ASKED = "never asked"  # for any list that has them


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Records of one kind that one reason kept from the app."""

    reason: GapReason
    kind: Kind
    place: str
    """The list, without version and ids; of a path that version 3 does not have, the path."""
    clever_ids: frozenset[str]
    sentence: str
    expected: str
    found: str
    request: str = ""
    """The request after which the app stopped, if there was one."""

    @property
    def key(self) -> tuple[GapReason, Kind, str]:
        """The same gap on another day, or in another district, has the same."""
        return self.reason, self.kind, self.place


def gaps(
    deliveries: Deliveries,
    district: str,
    day: str,
    kind: Kind,
    records: Mapping[str, Record],
    absent: Collection[str],
) -> tuple[Gap, ...]:
    """Why these absent records, of which none was delivered, never reached the app."""
    if not absent:
        return ()
    return tuple(_Reading(deliveries, district, day, kind).explain(records, absent))


class _Reading:
    """How the app read one kind of record in one sync."""

    def __init__(self, deliveries: Deliveries, district: str, day: str, kind: Kind) -> None:
        self.deliveries, self.district, self.day, self.kind = deliveries, district, day, kind
        lists = [
            answer for answer in deliveries.lists(district, day) if answer.path.startswith("/v")
        ]
        self.known = [
            answer
            for answer in lists
            if is_known(answer.path) and answer.name.kind is kind and _is_v3(answer)
        ]
        self.whole = [answer for answer in self.known if answer.name.whole]
        self.nested = [answer for answer in self.known if not answer.name.whole]
        self.unknown = [
            answer for answer in lists if not (is_known(answer.path) and _is_v3(answer))
        ]
        self._singles = {
            answer.path.rsplit("/", 1)[-1]: answer
            for answer in lists
            if answer.path.count("/") == 3 and f"/{kind}/" in answer.path and answer.failure
        }
        """Record → its own path, asked for without a good answer."""

    def explain(self, records: Mapping[str, Record], absent: Collection[str]) -> Iterable[Gap]:
        groups: dict[tuple[GapReason, str], list[str]] = defaultdict(list)
        behind: dict[tuple[GapReason, str], list[ListRead]] = {}
        for clever_id in absent:
            if (found := self._reason(records[clever_id])) is None:
                continue
            reason, place, lists = found
            groups[reason, place].append(clever_id)
            behind[reason, place] = lists
        for (reason, place), ids in groups.items():
            yield self._words(reason, place, ids, behind[reason, place])

    def _reason(self, record: Record) -> tuple[GapReason, str, list[ListRead]] | None:
        """What kept a record from the app; None when every list that has it was read."""
        for read in self.unknown:
            serves = instead_of(read.path)
            if serves is None or serves.kind is not self.kind or not _has(serves.role, record):
                continue
            # What was read in part came to its end with a link that was joined wrongly.
            if joined_twice(read.path) or not self._read(record):
                return GapReason.NO_SUCH_PATH, pattern_of(read.path), [read]
        having = self._read(record)
        for read in having:
            if not read.complete:
                reason = GapReason.FAILED if read.failure else GapReason.NOT_FOLLOWED
                return reason, str(read.name), [read]
        if having:
            return None
        if single := self._singles.get(str(record["id"])):
            return GapReason.FAILED, f"/{self.kind}/{{id}}", [single]
        short = [read for read in self.nested if read.pages and not read.complete]
        if short and not self.whole:
            name = str(short[0].name)
            return GapReason.NOT_FOLLOWED, name, [r for r in short if str(r.name) == name]
        if self.known:
            return GapReason.NARROWED, self.known[0].name.path, [*self.whole, *self.nested]
        return GapReason.NEVER_ASKED, f"/{self.kind}", []

    def _read(self, record: Record) -> list[ListRead]:
        """The lists of the whole district that have a record, however far they were read."""
        return [
            read
            for read in self.whole
            if not read.filters.keys() - {"role"} and _has(read.name.role, record)
        ]

    def _words(
        self, reason: GapReason, place: str, ids: Sequence[str], lists: Sequence[ListRead]
    ) -> Gap:
        number = counted(len(ids), _NOUNS[self.kind])
        match reason:
            case GapReason.NOT_FOLLOWED if "{id}" not in place:
                return self._gap(
                    reason,
                    place,
                    ids,
                    f"Your app read {lists[0].words} of {place} and did not follow the link to "
                    "the next page.",
                    request=lists[0].requests[-1],
                    expected=counted(lists[0].listed, "record"),
                    found=counted(lists[0].read, "record"),
                )
            case GapReason.NOT_FOLLOWED:
                return self._gap(
                    reason,
                    place,
                    ids,
                    f"Your app read {counted(len(lists), 'list')} like {place} in part, as "
                    f"{lists[0].words}; {number} never reached it.",
                    request=lists[0].requests[-1],
                    expected="every page",
                    found=lists[0].words,
                )
            case GapReason.FAILED:
                failed = lists[0].failure
                status = _status(failed) if failed else ""
                return self._gap(
                    reason,
                    place,
                    ids,
                    f"Clever answered {place} with {status}, and your app got no other answer; "
                    f"{number} never reached it.",
                    request=failed,
                    expected="an answer",
                    found=status,
                )
            case GapReason.NO_SUCH_PATH:
                serves = instead_of(lists[0].path)
                return self._gap(
                    reason,
                    place,
                    ids,
                    f"{number} never reached your app: it asked for {place}, which version 3 "
                    "does not have.",
                    request=lists[0].requests[-1],
                    expected=f"{serves}",
                    found=place,
                )
            case GapReason.NARROWED:
                narrowed = _narrowed(lists)
                return self._gap(
                    reason,
                    place,
                    ids,
                    f"Your app asked for {narrowed} only, and so {number} never reached it.",
                    request=lists[0].requests[-1],
                    expected=f"/{self.kind}",
                    found=narrowed,
                )
            case _:
                return self._gap(
                    reason,
                    place,
                    ids,
                    f"Your app never asked for {place}; {number} never reached it.",
                    expected=f"a request for {place}",
                    found="none",
                )

    def _gap(
        self,
        reason: GapReason,
        place: str,
        ids: Iterable[str],
        sentence: str,
        *,
        request: LoggedRequest | None = None,
        expected: str = "answers",
        found: str,
    ) -> Gap:
        words = self.deliveries.request_words(self.district, request) if request else ""
        return Gap(
            reason=reason,
            kind=self.kind,
            place=place,
            clever_ids=frozenset(ids),
            sentence=sentence,
            expected=expected,
            found=found,
            request=words,
        )


_NOUNS = {kind: str(kind)[:-1] for kind in Kind}


def _is_v3(read: ListRead) -> bool:
    return read.path.startswith(("/v3.0/", "/v3.1/"))


def _has(role: str, record: Record) -> bool:
    """Whether a list narrowed to a role, or to none, has a record."""
    return not role or role in roles_of(cast(User, record))


def _status(request: LoggedRequest) -> str:
    return str(request.status) if request.status != 200 else "an answer that broke off"


def _narrowed(lists: Sequence[ListRead]) -> str:
    """Lists as one names them: `/users with role=student and role=teacher`."""
    filters = dict.fromkeys(
        f"{key}={value}" for read in lists if read.name.whole for key, value in read.filters.items()
    )
    shown = [f"/{lists[0].path.rsplit('/', 1)[-1]} with {joined(list(filters))}"] if filters else []
    shown += dict.fromkeys(
        f"lists like {answer.name.path}" for answer in lists if not answer.name.whole
    )
    return joined(shown[:3])
