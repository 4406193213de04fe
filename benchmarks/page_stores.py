"""What a page and a day's changes cost, by size, place and number of changes."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator

from benchmarks import subject
from harness.district.data_model.records import Kind, User
from harness.simulator.http import serialization
from harness.simulator.http.serialization import Item
from harness.simulator.roster.page_store import PageStore

SMALL, LARGE = 3000, 1_000_000
ROUNDS, CALLS = 9, 2000


def _item(number: int) -> Item:
    return serialization.item("v3.0", Kind.USERS, subject.student(number))


def store(size: int) -> PageStore:
    """A page store of so many students, of nearly the same bytes each."""
    pattern = _item(0)
    zero = subject.identity(0).encode()
    return PageStore.of(
        (identity, pattern.replace(zero, identity.encode()))
        for identity in map(subject.identity, range(size))
    )


def _page(store: PageStore, cursor: str) -> bytes:
    start = store.rank_after(cursor)
    pieces = store.pieces(start, min(start + 100, len(store)))
    return serialization.list_body(
        Kind.USERS, pieces, [("self", "/v3.0/users")], collection=True, count=None
    )


def _reader(store: PageStore, numbers: range) -> Callable[[int], object]:
    cursors = [subject.identity(number) for number in numbers]
    return lambda turn: _page(store, cursors[turn * 7919 % len(cursors)])


def _forker(store: PageStore, size: int) -> Callable[[int], object]:
    users: list[User] = []
    for number in range(50):
        user = subject.student(number)
        user["id"] = subject.identity(number * 7919 % size)
        users.append(user)

    def fork(turn: int) -> object:
        user = users[turn % 50]
        return store.fork({user["id"]: serialization.item("v3.0", Kind.USERS, user)})

    return fork


def side_by_side(jobs: dict[str, Callable[[int], object]]) -> dict[str, float]:
    """Microseconds a call of each job takes: the median over rounds, the jobs in turn."""
    found: dict[str, list[float]] = {name: [] for name in jobs}
    gc.collect()
    gc.disable()
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            begun = time.perf_counter()
            for turn in range(CALLS):
                job(turn)
            found[name].append((time.perf_counter() - begun) / CALLS * 1e6)
    gc.enable()
    return {name: statistics.median(spent) for name, spent in found.items()}


def compare(large: int = LARGE) -> Iterator[str]:
    """Lines of a table; goals stand beside the numbers."""
    few, many = store(SMALL), store(large)
    tenth = few.fork({subject.identity(n): _item(n) for n in range(0, SMALL, 10)})
    spent = side_by_side(
        {
            "page": _reader(few, range(SMALL - 100)),
            "first page": _reader(few, range(1)),
            "last page": _reader(few, range(SMALL - 101, SMALL - 100)),
            "page, a tenth changed": _reader(tenth, range(SMALL - 100)),
            f"page of {large:,}": _reader(many, range(large - 100)),
            "fork and change one": _forker(few, SMALL),
            f"fork {large:,} and change one": _forker(many, large),
        }
    )
    for name, micros in spent.items():
        yield f"{name}: {micros:.1f} us"
    for said, of, over, goal in (
        ("a tenth changed / clean", "page, a tenth changed", "page", 1.5),
        (f"{large:,} / {SMALL:,}", f"page of {large:,}", "page", 4.0),
        ("last / first page", "last page", "first page", 1.2),
        ("fork large / small", f"fork {large:,} and change one", "fork and change one", 1.5),
    ):
        yield f"  {spent[of] / spent[over]:5.2f} x {said} (at most {goal})"
