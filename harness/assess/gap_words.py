"""Gap words: what a finding says about records that never reached the app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.assess.api_paths import instead_of
from harness.assess.gap import GapReason
from harness.assess.lists_read import ListRead
from harness.district.data_model.records import Kind
from harness.prose import counted, joined
from harness.recording.recording import LoggedRequest

_NOUNS = {kind: str(kind)[:-1] for kind in Kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class GapWords:
    """The texts of a gap, and the request that they are about."""

    sentence: str
    expected: str
    found: str
    after: LoggedRequest | None = None
    """The request after which the app stopped, if there was one."""


def gap_words(
    reason: GapReason, kind: Kind, place: str, count: int, lists: Sequence[ListRead]
) -> GapWords:
    """What to say of so many records of a kind that these lists do not account for."""
    number = counted(count, _NOUNS[kind])
    match reason:
        case GapReason.NOT_FOLLOWED if "{id}" in place:
            return _lists_in_part(place, number, lists)
        case GapReason.NOT_FOLLOWED:
            return _list_in_part(place, lists[0])
        case GapReason.FAILED:
            return _failed(place, number, lists[0])
        case GapReason.NO_SUCH_PATH:
            return _no_such_path(place, number, lists[0])
        case GapReason.NARROWED:
            return _narrowed(kind, number, lists)
        case _:
            return GapWords(
                sentence=f"Your app never asked for {place}; {number} never reached it.",
                expected=f"a request for {place}",
                found="none",
            )


def _list_in_part(place: str, read: ListRead) -> GapWords:
    return GapWords(
        sentence=f"Your app read {read.words} of {place} and did not follow the link to the next "
        "page.",
        expected=counted(read.listed, "record"),
        found=counted(read.read, "record"),
        after=read.requests[-1],
    )


def _lists_in_part(place: str, number: str, lists: Sequence[ListRead]) -> GapWords:
    return GapWords(
        sentence=f"Your app read {counted(len(lists), 'list')} like {place} in part, as "
        f"{lists[0].words}; {number} never reached it.",
        expected="every page",
        found=lists[0].words,
        after=lists[0].requests[-1],
    )


def _failed(place: str, number: str, read: ListRead) -> GapWords:
    failed = read.failure
    status = "" if failed is None else str(failed.status)
    if status == "200":
        status = "an answer that broke off"
    return GapWords(
        sentence=f"Clever answered {place} with {status}, and your app got no other answer; "
        f"{number} never reached it.",
        expected="an answer",
        found=status,
        after=failed,
    )


def _no_such_path(place: str, number: str, read: ListRead) -> GapWords:
    return GapWords(
        sentence=f"{number} never reached your app: it asked for {place}, which version 3 does "
        "not have.",
        expected=str(instead_of(read.path)),
        found=place,
        after=read.requests[-1],
    )


def _narrowed(kind: Kind, number: str, lists: Sequence[ListRead]) -> GapWords:
    narrowed = _lists_by_name(lists)
    return GapWords(
        sentence=f"Your app asked for {narrowed} only, and so {number} never reached it.",
        expected=f"/{kind}",
        found=narrowed,
        after=lists[0].requests[-1],
    )


def _lists_by_name(lists: Sequence[ListRead]) -> str:
    """Lists as a finding names them: `/users with role=student and role=teacher`."""
    filters = dict.fromkeys(
        f"{key}={value}" for read in lists if read.name.whole for key, value in read.filters.items()
    )
    shown = [f"/{lists[0].path.rsplit('/', 1)[-1]} with {joined(list(filters))}"] if filters else []
    shown += dict.fromkeys(f"lists like {read.name.path}" for read in lists if not read.name.whole)
    return joined(shown[:3])
