"""A page store against a plain dictionary."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.simulator.roster.page_store import PageStore, Selection

IDS = st.integers(min_value=0, max_value=60).map(lambda number: f"{number:04d}")
BASES = st.dictionaries(IDS, st.binary(min_size=1, max_size=3), max_size=40)
EDITS = st.dictionaries(IDS, st.none() | st.binary(min_size=1, max_size=3), max_size=15)
HISTORIES = st.lists(EDITS, max_size=4)


def _grown(base: dict[str, bytes], history: list[dict[str, bytes | None]]) -> PageStore:
    store = PageStore.of((key, base[key]) for key in sorted(base))
    for edits in history:
        store = store.fork(edits)
    return store


def _plain(base: dict[str, bytes], history: list[dict[str, bytes | None]]) -> dict[str, bytes]:
    model: dict[str, bytes | None] = dict(base)
    for edits in history:
        model.update(edits)
    return {key: model[key] or b"" for key in sorted(model) if model[key] is not None}


@settings(deadline=None)
@given(BASES, HISTORIES, IDS)
def test_a_store_holds_what_its_history_left(
    base: dict[str, bytes], history: list[dict[str, bytes | None]], probe: str
) -> None:
    store, model = _grown(base, history), _plain(base, history)
    keys = list(model)

    assert len(store) == len(model)
    assert [store.id_at(rank) for rank in range(len(store))] == keys
    assert dict(store.items()) == model
    assert store.item(probe) == model.get(probe)
    assert (probe in store) == (probe in model)
    assert store.rank_before(probe) == sum(key < probe for key in keys)
    assert store.rank_after(probe) == sum(key <= probe for key in keys)


@settings(deadline=None)
@given(BASES, HISTORIES, st.integers(0, 40), st.integers(0, 40))
def test_any_part_of_a_store_is_that_part_of_its_items(
    base: dict[str, bytes], history: list[dict[str, bytes | None]], start: int, length: int
) -> None:
    store, model = _grown(base, history), _plain(base, history)
    start = min(start, len(model))

    pieces = store.pieces(start, start + length)

    assert b"".join(pieces) == b"".join(list(model.values())[start : start + length])
    assert store.ids(start, start + length) == list(model)[start : start + length]


@settings(deadline=None)
@given(BASES, HISTORIES, st.sets(IDS))
def test_a_selection_reads_like_a_store(
    base: dict[str, bytes], history: list[dict[str, bytes | None]], chosen: set[str]
) -> None:
    store, model = _grown(base, history), _plain(base, history)
    ids = sorted(chosen & model.keys())

    selection = Selection(store, ids)

    assert len(selection) == len(ids)
    assert b"".join(selection.pieces(0, len(ids))) == b"".join(model[one] for one in ids)


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 9))
def test_a_crowded_store_gets_a_new_base_and_keeps_its_items(seed: int) -> None:
    base = {f"{number:04d}": b"a" for number in range(2000)}
    edits: dict[str, bytes | None] = {
        f"{number:04d}": None if number % seed == 0 else b"b" for number in range(500, 2600)
    }

    store = _grown(base, [edits])

    assert dict(store.items()) == _plain(base, [edits])


def test_the_day_before_does_not_change_with_the_day_after() -> None:
    before = PageStore.of([("a", b"1"), ("b", b"2")])

    after = before.fork({"a": None, "c": b"3"})

    assert dict(before.items()) == {"a": b"1", "b": b"2"}
    assert dict(after.items()) == {"b": b"2", "c": b"3"}
