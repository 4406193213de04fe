"""Pictures of a cast: schools, classes and people, before and after, with what the app lacks."""

from __future__ import annotations

from collections.abc import Mapping

from harness.assess.findings import Finding, FindingKind
from harness.assess.results import DayResult, DayState, HistoryEntry, RecordHistory, Results
from harness.report import html
from harness.report.awaited import Awaited
from harness.report.cast_pictures import GONE, MOST_SCENES, Box, Mark, Picture, scenes

DAYS = ("first-share", "midyear", "departures", "returns", "rollover", "quiet")
ACTIVE, ARCHIVED = {"status": ("active",)}, {"status": ("archived",)}

View = Mapping[str, tuple[str, ...]]


def _view(**fields: str) -> View:
    return {name: tuple(values.split(", ")) for name, values in fields.items()}


def _entry(days: str, shared: View | None, *held: View, declared: str = "") -> HistoryEntry:
    day, _, until = days.partition("-to-")
    return HistoryEntry(
        day=day, until=until or day, shared=shared, held=held, declared=declared
    )  # fmt: skip


def _same(days: str, shared: View) -> HistoryEntry:
    return _entry(days, shared, {**ACTIVE, **shared})


def _record(name: str, kind: str, *entries: HistoryEntry) -> RecordHistory:
    return RecordHistory(
        district="common", clever_id=f"id of {name}", kind=kind, name=name, entries=entries
    )


OKOYE = _view(name="Mr Okoye", roles="teacher", schools="Northside", classes="Art")
OKOYE_ALL_YEAR = _record("Mr Okoye", "users", _same("first-share-to-quiet", OKOYE))
MAYA = _view(name="Maya", roles="student", schools="Northside", classes="Art")
LEO = _record(
    "Leo", "users",
    _same("first-share-to-quiet", _view(roles="student", schools="Northside", classes="Art")),
)  # fmt: skip


def _school(scene: Picture, name: str = "Northside") -> Box:
    (box,) = [box for box in scene.boxes if box.chip.name == name]
    return box


def test_a_student_who_leaves_and_comes_back_is_out_of_class_in_between() -> None:
    maya = _record(
        "Maya", "users",
        _same("first-share-to-midyear", MAYA),
        _entry("departures", None, {**ARCHIVED, **MAYA}),
        _same("returns-to-quiet", MAYA),
    )  # fmt: skip

    first, away, back = scenes([maya, OKOYE_ALL_YEAR, LEO], DAYS)

    art = Box(Mark("Art"), chips=(Mark("Mr Okoye", teaches=True), Mark("Maya"), Mark("Leo")))
    assert first.boxes == back.boxes == (Box(Mark("Northside"), (art,)),)
    assert (first.day, away.day, back.day) == ("first-share", "departures", "returns")
    assert [chip.name for chip in _school(away).boxes[0].chips] == ["Mr Okoye", "Leo"]
    assert _school(away, GONE).chips == (Mark("Maya", mark="archived"),)
    assert not any(scene.differs for scene in (first, away, back))


def test_a_teacher_whom_the_app_lacks_is_missing_in_the_class_and_nowhere_else() -> None:
    shared = _view(name="Art", teachers="Mr Okoye, Ms Duval", students="Leo")
    held = {**ACTIVE, **_view(name="Art", teachers="Mr Okoye", students="Leo")}
    art = _record("Art", "sections", _entry("first-share-to-quiet", shared, held))

    (scene,) = scenes([art, OKOYE_ALL_YEAR, LEO], DAYS)

    marks = {chip.name: chip.mark for chip in _school(scene).boxes[0].chips}
    assert marks == {"Mr Okoye": "", "Ms Duval": "missing", "Leo": ""}
    assert _school(scene).chips == ()
    assert scene.differs


def test_whoever_came_on_a_day_whose_sync_failed_awaits_a_sync() -> None:
    maya = _record("Maya", "users", _entry("midyear", MAYA), _same("departures-to-quiet", MAYA))
    failed = tuple(
        DayResult(
            district="common", day=day, changes=(), acts=(), reason="", requests=1, records_read=0,
            seconds=0.0, state=DayState.REFUSED if day == "midyear" else DayState.COMPLETED,
        )
        for day in DAYS
    )  # fmt: skip
    finding = Finding(
        check="x/y", day="midyear", district="common", kind="users", clever_id="id of Maya",
        finding_kind=FindingKind.UNREAD, name="Maya", sentence="Your app lost Maya.",
    )  # fmt: skip

    _, quiet, after = scenes([maya, OKOYE_ALL_YEAR], DAYS, Awaited(failed))
    _, accused, _ = scenes([maya, OKOYE_ALL_YEAR], DAYS, Awaited(failed, [finding]))

    def mayas(scene: Picture) -> set[tuple[str, bool]]:
        chips = (*_school(scene).chips, *_school(scene).boxes[0].chips)
        return {(chip.mark, chip.wrong) for chip in chips if chip.name == "Maya"}

    assert mayas(quiet) == {("awaits a sync", False)}
    assert mayas(after) == {("", False)}
    assert mayas(accused) == {("missing", True)}


def test_a_class_that_the_app_kept_somebody_in_says_so() -> None:
    moved = {**MAYA, "classes": ("Music",)}
    maya = _record(
        "Maya", "users",
        _same("first-share", MAYA),
        _entry("midyear-to-quiet", moved, {**ACTIVE, **MAYA}),
    )  # fmt: skip

    _, after = scenes([maya, OKOYE_ALL_YEAR], DAYS)

    marks = {
        (box.chip.name, chip.mark)
        for box in _school(after).boxes
        for chip in box.chips
        if chip.name == "Maya"
    }
    assert marks == {("Art", "only in your app"), ("Music", "missing")}


def test_a_second_school_that_the_app_does_not_keep_is_missing() -> None:
    both = {**MAYA, "schools": ("Northside", "Cedar")}
    maya = _record("Maya", "users", _entry("first-share-to-quiet", both, {**ACTIVE, **MAYA}))

    (scene,) = scenes([maya], DAYS)

    assert _school(scene, "Cedar").chips == (Mark("Maya", mark="missing", wrong=True),)


def test_whoever_is_archived_or_kept_against_clever_is_marked_as_wrong() -> None:
    maya = _record("Maya", "users", _entry("first-share-to-quiet", MAYA, {**ARCHIVED, **MAYA}))
    art = _view(name="Art", teachers="Mr Okoye", students="Leo")
    gone = _record("Art", "sections", _same("first-share", art),
                   _entry("midyear-to-quiet", None, {**ACTIVE, **art}))  # fmt: skip

    drawn = scenes([maya, gone, LEO], DAYS)

    assert all(scene.differs for scene in drawn)
    assert _school(drawn[-1], GONE).chips == (Mark("Art", mark="still active", wrong=True),)


def test_what_is_declared_or_was_not_looked_at_is_no_difference() -> None:
    declared = _record("Maya", "users", _entry("first-share-to-quiet", MAYA, declared="not held"))
    unseen = HistoryEntry(day="first-share", until="quiet", shared=MAYA, held=None)

    for maya in (declared, _record("Maya", "users", unseen)):
        (scene,) = scenes([maya, OKOYE_ALL_YEAR], DAYS)
        assert not scene.differs


def test_the_new_school_year_is_drawn_only_if_nothing_else_happens() -> None:
    turned = {**MAYA, "classes": ("Art next year",)}
    stays = _record("Maya", "users", _same("first-share-to-returns", MAYA),
                    _same("rollover-to-quiet", turned))  # fmt: skip
    leo = _record("Leo", "users", _same("first-share", MAYA), _same("midyear-to-quiet", turned))

    assert [scene.day for scene in scenes([stays], DAYS)] == ["first-share", "rollover"]
    assert [scene.day for scene in scenes([stays, leo], DAYS)] == ["first-share", "midyear"]


def test_of_many_states_those_with_a_difference_are_drawn() -> None:
    classes = ["Art", "Music", "Chess", "Drama"]
    entries = [_same(day, {**MAYA, "classes": (name,)}) for day, name in zip(DAYS, classes)]  # noqa: B905
    shared = {**MAYA, "classes": ("Drama",)}
    entries[-1] = _entry("returns", shared, {**ACTIVE, **MAYA})

    drawn = scenes([_record("Maya", "users", *entries)], DAYS)

    assert [scene.day for scene in drawn] == ["first-share", "midyear", "returns"]
    assert len(drawn) == MOST_SCENES


def test_a_person_who_only_has_a_name_needs_no_picture() -> None:
    maya = _record("Maya", "users", _same("first-share-to-quiet", _view(name="Maya")))

    assert scenes([maya], DAYS) == ()
    assert scenes([], DAYS) == ()


def test_the_report_has_the_picture_with_words_for_what_is_marked(results: Results) -> None:
    page = html.render(results)

    assert "<b>Mr Pfeffer</b> <i>missing</i>" in page
    assert "<li class=bad>Maya <i>missing</i>" in page
