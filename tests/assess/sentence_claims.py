"""What sentences of findings claim, and the same counted again from rosters and snapshots.

Nothing of the checks is imported. A claim is a pattern and what it comes to: what the sentence
says beside what Clever shared that day and what rows the app had. Names are not compared, but
values are, as far as a sentence has room for them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from harness.assess.findings import Finding
from harness.contract.snapshot import Snapshot, Status
from harness.recording.recording import (
    BisectResult,
    LessonFinished,
    Published,
    Recording,
    SnapshotTaken,
)

KINDS = ("schools", "terms", "courses", "sections", "users")
Sides = tuple[object, object]
"""What a sentence says, and what is so."""


class Year:
    """What was published and what was held, by district and day, in the last attempt."""

    def __init__(self, recording: Recording) -> None:
        self.rosters: dict[tuple[str, str], Mapping[str, Mapping[str, Any]]] = {}
        self.held: dict[tuple[str, str], Snapshot] = {}
        self.looks: dict[tuple[str, str, str], Snapshot] = {}
        self.lessons: list[LessonFinished] = []
        for entry in recording.entries:
            match entry:
                case BisectResult(again=True):
                    self.rosters.clear()
                    self.held.clear()
                    self.looks.clear()
                    self.lessons.clear()
                case Published():
                    roster = cast(Any, entry.roster)
                    self.rosters[entry.district, entry.day] = {k: getattr(roster, k) for k in KINDS}
                case SnapshotTaken():
                    self.looks[entry.district, entry.day, entry.after] = entry.snapshot
                    if entry.after != "publish":
                        self.held[entry.district, entry.day] = entry.snapshot
                case LessonFinished():
                    self.lessons.append(entry)

    def shared(self, finding: Finding, day: str = "") -> Mapping[str, Any] | None:
        place = finding.district, day or finding.day
        records = self.rosters.get(place, {}).get(finding.kind, {})
        return cast("Mapping[str, Any] | None", records.get(finding.clever_id))

    def users(self, finding: Finding) -> Mapping[str, Any]:
        return self.rosters[finding.district, finding.day]["users"]

    def rows(self, finding: Finding, day: str = "", clever_id: str = "") -> list[Any]:
        held = self.held[finding.district, day or finding.day]
        wanted = clever_id or finding.clever_id
        return [row for row in getattr(held, finding.kind) if row.clever_id == wanted]

    def looks_of(self, finding: Finding) -> list[list[Any]]:
        """The rows of a record in each look of the day, before its sync and after it."""
        return [
            [row for row in getattr(look, finding.kind) if row.clever_id == finding.clever_id]
            for (district, day, _), look in self.looks.items()
            if (district, day) == (finding.district, finding.day)
        ]

    def active(self, finding: Finding) -> list[Any]:
        return [row for row in self.rows(finding) if row.status is Status.ACTIVE]

    def name(self, finding: Finding, kind: str, clever_id: object) -> str:
        """What Clever calls a school, term or course on any day; "none" for no id."""
        if not clever_id:
            return "none"
        for (district, _), rosters in self.rosters.items():
            record = rosters[kind].get(str(clever_id))
            if district == finding.district and record is not None:
                return str(record.get("name") or "")
        return str(clever_id)


def members(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    key = f"{found[2]}s"
    wanted = set((year.shared(finding) or {})[key]) & year.users(finding).keys()
    held = set(_of(year.active(finding), key))
    return (_number(found[1]), _number(found[3])), (len(wanted), len(held))


def schools(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    roles = [role for role in (year.shared(finding) or {})["roles"].values() if role]
    wanted = {school for role in roles for school in role.get("schools") or ()}
    held = {school for row in year.active(finding) for role in row.roles for school in role.schools}
    return (_number(found[1]), _number(found[2])), (len(wanted), len(held))


def schools_of_a_role(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    name = finding.field.split(".")[1]
    roles = (year.shared(finding) or {})["roles"]
    wanted = set((roles.get(name) or {}).get("schools") or ())
    roles_held = [role for row in year.active(finding) for role in row.roles if role.role == name]
    held = {school for role in roles_held for school in role.schools}
    return (_number(found[1]), _number(found[2])), (len(wanted), len(held))


def roles(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    wanted = [name for name, role in (year.shared(finding) or {})["roles"].items() if role]
    held = {role.role for row in year.active(finding) for role in row.roles}
    return (found[1], found[2]), (_as_roles(wanted), _as_roles(held))


def absent(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    return (True, 0), (year.shared(finding) is not None, len(year.rows(finding)))


def only_archived(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    rows = year.rows(finding)
    shared = year.shared(finding) is not None
    return (True, True, 0), (shared, bool(rows), len(year.active(finding)))


def unshared_active(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    return (False, True), (year.shared(finding) is not None, bool(year.active(finding)))


def never_shared(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """Shared on no day up to this one, and in use."""
    days = [day for district, day in year.rosters if district == finding.district]
    until = days[: days.index(finding.day) + 1]
    shared = any(year.shared(finding, day) is not None for day in until)
    return (False, True), (shared, bool(year.active(finding)))


def deleted(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """Nothing of it is there, or there are active rows only and it is not among them."""
    return (False, 0), (year.shared(finding) is not None, len(year.rows(finding)))


def deleted_when_disconnected(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    return 0, len(year.rows(finding))


def not_restored(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    archived = found[1] == "keeps it archived"
    is_so = (year.shared(finding) is not None, bool(year.rows(finding)), bool(year.active(finding)))
    return (True, archived, False), is_so


def removed(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """Shared that day or the last day before that anything was published, and not in use."""
    days = [day for district, day in year.rosters if district == finding.district]
    shared = any(year.shared(finding, day) is not None for day in days)
    return (True, False), (shared, bool(year.active(finding)))


def doubled(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    return int(found[1]), len(year.rows(finding))


def listed_twice(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    key = f"{found[2]}s"
    times = Counter(_of(year.active(finding)[:1], key))
    wanted = Counter((year.shared(finding) or {})[key])
    most = {count for one, count in times.items() if count > max(1, wanted[one])}
    return True, int(found[1]) in most


def linked_twice(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    ties = Counter(tie for row in year.active(finding)[:1] for tie in row.student_relationships)
    return True, int(found[1]) in ties.values()


def primary(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    teachers = year.active(finding)[0].teachers
    wanted = (year.shared(finding) or {})["teacher"]
    return (True, False), (wanted in teachers, teachers[0] == wanted)


def link(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    key = "term_id" if finding.field == "term" else finding.field
    wanted = (year.shared(finding) or {}).get(key)
    held = getattr(year.active(finding)[0], finding.field)
    kind = f"{finding.field}s"
    same_name = found[2] == "one that had its name before" and wanted != held
    told = found[1], found[2]
    return (True, True), (
        _shown(told[0], year.name(finding, kind, wanted)) or wanted is not None,
        same_name or _shown(told[1], year.name(finding, kind, held)) or held is not None,
    )


def address(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    wanted = (year.shared(finding) or {}).get("email") or "empty"
    held = year.active(finding)[0].email or ""
    if found[3]:
        told = (held, len(wanted)) == (wanted[: int(found[3])], int(found[4]))
        return (True, True), (_shown(found[1], wanted), told)
    told = held == "" if found[2] == "has none" else _shown(found[2].removeprefix("says "), held)
    return (True, True), (_shown(found[1], wanted), told)


def name_of_user(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    name = (year.shared(finding) or {})["name"]
    row = year.active(finding)[0]
    wanted = f"{name.get('first') or ''} {name.get('last') or ''}"
    held = f"{row.first_name or ''} {row.last_name or ''}".strip() or row.name or ""
    told = not held.strip() if found[2] == "has none" else _alike(found[2][5:], held)
    return (True, True), (_alike(found[1], wanted), told)


def optional_value(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    record, row = year.shared(finding) or {}, year.active(finding)[0]
    roles = record.get("roles", {})
    role = roles.get("student") or roles.get("teacher") or {}
    wanted, held = record.get(finding.field) or "", getattr(row, finding.field) or ""
    if finding.field == "grade":
        wanted = role.get("grade") or ""
    if finding.field == "primary_school":  # a school can have had another name before
        differs = (role.get("school") or "") != held
        return (True, found[2] == "has none"), (differs, not held)
    told = not held if found[2] == "has none" else _shown(found[2].removeprefix("says "), held)
    return (True, True), (_shown(found[1], wanted or "empty"), told)


def title(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    wanted, held = (year.shared(finding) or {}).get("name") or "", year.active(finding)[0].name
    told = not held if found[2] == "has none" else _alike(found[2][5:], held or "")
    return (True, True), (_alike(found[1], wanted), told)


def ties(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    contact = (year.shared(finding) or {})["roles"].get("contact") or {}
    wanted = {(one["student"], one["relationship"]) for one in contact["student_relationships"]}
    rows = year.active(finding)
    held = {(one.student, one.relationship) for row in rows for one in row.student_relationships}
    return (found[2] == "nobody's contact", True), (not held, wanted != held)


def lesson_gone(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    return True, bool(_lessons(year, finding, found[1]) - _kept(year, finding))


def lesson_moved(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    owners = {
        work.account
        for work in year.held[finding.district, finding.day].progress
        if work.lesson in _lessons(year, finding, found[1])
    }
    own = {row.app_id for row in year.rows(finding)}
    return True, bool(owners - own)


def lesson_elsewhere(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """Finished in one district, and in a look of another that day."""
    person, day, district = found[1], found[2], found[3]
    lessons = {
        act.lesson
        for act in year.lessons
        if (act.day, act.district) == (day, district) and act.person.startswith(person.rstrip("…"))
    }
    shown = {
        work.lesson
        for (where, when, _), look in year.looks.items()
        if (where, when) == (finding.district, finding.day)
        for work in look.progress
    }
    return (True, True), (bool(lessons & shown), district != finding.district)


def lesson_twice(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    lessons = _lessons(year, finding, found[1])
    looks = [
        Counter(work.lesson for work in snapshot.progress if work.lesson in lessons)
        for (district, day, _), snapshot in year.looks.items()
        if (district, day) == (finding.district, finding.day)
    ]
    return True, any(int(found[2]) in look.values() for look in looks)


def changed(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """In any look of the day, the one before its sync included."""
    did, since = found[1], found[2]
    was = year.rows(finding, since)
    looks = year.looks_of(finding)
    if did == "added":
        return (0, True), (len(was), any(looks))
    if did == "lost":
        return (True, True), (bool(was), not all(looks))
    if did == "doubled":
        return True, any(len(now) > len(was) for now in looks)
    return True, any(now != was for now in looks)


def merged(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """The record is in no row, or in one that another record is in, too."""
    rows = year.active(finding)
    held = getattr(year.held[finding.district, finding.day], finding.kind)
    others = {row.app_id for row in held if row.clever_id != finding.clever_id}
    return (True, True), (
        year.shared(finding) is not None,
        not rows or bool(others & {row.app_id for row in rows}),
    )


def given_away(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """Some row of the app's has had this Clever ID and has another one in some look of the day."""
    own = {
        row.app_id
        for snapshot in year.looks.values()
        for row in getattr(snapshot, finding.kind)
        if row.clever_id == finding.clever_id
    }
    now = {
        row.app_id
        for (district, day, _), snapshot in year.looks.items()
        if (district, day) == (finding.district, finding.day)
        for row in getattr(snapshot, finding.kind)
        if row.clever_id != finding.clever_id
    }
    return True, bool(own & now)


def lacks(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """Clever last named somebody or something in the record that the app's row does not have."""
    days = [day for district, day in year.rosters if district == finding.district]
    records = [record for day in days if (record := year.shared(finding, day))]
    named = {
        one
        for record in records
        for part in (record, *filter(None, record.get("roles", {}).values()))
        for key in ("teachers", "students", "schools")
        for one in part.get(key) or ()
    } | {
        tie["student"]
        for record in records
        for role in filter(None, record.get("roles", {}).values())
        for tie in role.get("student_relationships") or ()
    }
    held = {
        one
        for row in year.rows(finding)
        for one in (
            *getattr(row, "teachers", ()),
            *getattr(row, "students", ()),
            *(school for role in getattr(row, "roles", ()) for school in role.schools),
            *(tie.student for tie in getattr(row, "student_relationships", ())),
        )
    }
    return True, bool(named - held)


def another_record(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """It has another id of the app's than on some day before, or does without the former work."""
    now = {row.app_id for row in year.active(finding) or year.rows(finding)}
    days = [day for district, day in year.held if district == finding.district]
    earlier = days[: days.index(finding.day)]
    rows = [year.rows(finding, day) for day in earlier]
    in_use = [[row for row in of_day if row.status is Status.ACTIVE] for of_day in rows]
    then = [
        {row.app_id for row in active or of_day}
        for active, of_day in zip(in_use, rows, strict=True)
    ]
    return True, any(ids and not ids & now for ids in then) or not now


def emptied(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """It has the Clever ID for its own, and some work that it had on a day before is not there."""
    looks = [look for (district, _, _), look in year.looks.items() if district == finding.district]
    before = {w.lesson for look in looks for w in look.progress if w.account == finding.clever_id}
    ids = {row.app_id for row in year.rows(finding)}
    return (True, True), (finding.clever_id in ids, bool(before - _kept(year, finding)))


def without_work(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """Some work is gone that was linked to a row of the record on a day before."""
    before = {
        work.lesson
        for (district, _, _), look in year.looks.items()
        if district == finding.district
        for work in look.progress
        if work.account in [row.app_id for row in look.users if row.clever_id == finding.clever_id]
    }
    return True, bool(before - _kept(year, finding))


def out_of_a_group(year: Year, finding: Finding, found: re.Match[str]) -> Sides:
    """Somebody in use was in a group on a day before, and is in none of that name now."""
    looks = [look for (district, _, _), look in year.looks.items() if district == finding.district]
    before, now = (
        any(
            finding.clever_id in group.members
            for look in some
            for group in look.local_groups
            if group.name.startswith(found[1].rstrip("…"))
        )
        for some in (looks, [year.held[finding.district, finding.day]])
    )
    return (True, True, False), (before, bool(year.active(finding)), now)


def _lessons(year: Year, finding: Finding, day: str) -> set[str]:
    return {
        act.lesson for act in year.lessons if (act.district, act.day) == (finding.district, day)
    }


def _kept(year: Year, finding: Finding) -> set[str]:
    return {work.lesson for work in year.held[finding.district, finding.day].progress}


def _of(rows: Iterable[Any], key: str) -> list[str]:
    return [member for row in rows for member in getattr(row, key)]


def _number(word: str) -> int:
    return 0 if word in ("no", "none") else int(word.replace(",", ""))


def _as_roles(names: Iterable[str]) -> str:
    words = sorted(name.replace("_", " ") for name in names)
    if not words:
        return "without a role"
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _shown(told: str, value: str) -> bool:
    """Whether a sentence shows a value, or its beginning where it had no room."""
    return value.startswith(told[:-1]) if told.endswith("…") else told == value


def _alike(told: str, value: str) -> bool:
    """The same, whatever the spaces are."""
    return _shown(told, " ".join(value.split())) or _shown(told, value.strip())


Claim = Callable[[Year, Finding, "re.Match[str]"], Sides]
CLAIMS: Sequence[tuple[str, Claim]] = (
    (r"Clever has (no|[\d,]+) (teacher|student)s? in .*, your app (none|\d+)\b", members),
    (r"Clever shares .* with (no|\d+) schools? on .*, your app holds (none|\d+)\b", schools),
    (r"Clever has .* at (no|\d+) schools?, your app at (none|\d+)\b", schools_of_a_role),
    (r"At Clever .* is ([a-z ,]+|without a role) on the day .*, in your app ([a-z ,]+)\.$", roles),
    (r"Clever shares .*, your app (?:holds no such account|does not hold it)\.$", absent),
    (r"Clever shares .*, your app (?:holds only an archived|has only an archived)", only_archived),
    (r"Clever no longer shares .*, your app still has (?:it|the record) active\.", unshared_active),
    (r"Clever has not shared .* still has the record active", unshared_active),
    (r"Clever no longer shares .*, your app deleted (?:it|the record) instead", deleted),
    (r"The district disconnected on .*, your app deleted ", deleted_when_disconnected),
    (r"A class names .*, whom Clever does not share", unshared_active),
    (
        r"Your app has the .* in use on the day .*, wh(?:om|ich) Clever never shared\.$",
        never_shared,
    ),
    (r"Clever shares .* again on .*, your app (keeps it archived|does not hold it)", not_restored),
    (r"Clever still shared .*, your app (?:archived|deleted|lost|removed)", removed),
    (r"On the fault day `.*` your app (?:archived|deleted|lost) .*, still shared", removed),
    (r"Killed in its sync on .*, your app (?:archived|lost) .*, still shared", removed),
    (r"Clever knows one .*, your app holds (\d+) of them", doubled),
    (r"Your app lists .* (\d+) times as (teacher|student) of .*, Clever once", listed_twice),
    (r"Your app links .* (\d+) times on .*, Clever once", linked_twice),
    (r"Clever's primary teacher of .* is .*, your app lists .* first", primary),
    (r"At Clever the (?:school|course|term) of .* is (.*); in your app it is (.*)\.$", link),
    (
        r"Clever's address of .* is (\S+), your app "
        r"(has none|has the first (\d+) of its (\d+) characters|says \S+)\.$",
        address,
    ),
    (r"Clever's name is (.*) on the day `[\w-]+`, your app (has none|says .*)\.$", name_of_user),
    (
        r"The (?:grade|primary school|first day|last day) of .* at Clever is (.*) on the day "
        r"`[\w-]+`, your app (has none|says .*)\.$",
        optional_value,
    ),
    (r"Clever names a (?:school|term|course) (.*), your app (has none|says .*)\.$", title),
    (r"Clever gives a (?:school|term|course) no name(), your app (says .*)\.$", title),
    (r"Clever makes .* ((?:\S+ of|nobody's contact).*), your app (.*?)[.…]$", ties),
    (r"Clever knows .* and .* as two \w+, your app holds one (?:account|record)", merged),
    (r"Your app has no (?:account|record) of .* on the day `[\w-]+`, only of ", merged),
    (r"Your app gave the .* of .* to .*, which has another Clever ID", given_away),
    (r"On the (?:fault )?day `[\w-]+` your app removed .* from ", lacks),
    (r"After the fault days, on the day `[\w-]+`, .* lacks ", lacks),
    (r"After the fault days, on the day `[\w-]+`, .* is (?:archived|lost|gone|deleted)", removed),
    (
        r".* is back on the day .*, and not in your app's group “(.*)” of the day .* again",
        out_of_a_group,
    ),
    (r".* is not in your app's own group “(.*)” any more on", out_of_a_group),
    (r"The lesson .* finished on the day `([\w-]+)` is gone on", lesson_gone),
    (r"The lesson .* finished on the day `([\w-]+)` belongs to", lesson_moved),
    (r"The lesson .* finished on the day `([\w-]+)` is with .*, too, on", lesson_moved),
    (
        r"The lesson (.*) finished on the day `([\w-]+)` in the ([\w-]+) district shows",
        lesson_elsewhere,
    ),
    (r"The lesson .* finished on the day `([\w-]+)` is in your app (\d+) times", lesson_twice),
    (r".* your app (added|lost|doubled|changed) .* between the days `([\w-]+)` and .*\.$", changed),
    (r".* has the same Clever ID on .*, your app gives it another record", another_record),
    (r".* has the same Clever ID on .*, without the work done before; its id in", emptied),
    (r".* has the same Clever ID on .*, without the work done before\.$", without_work),
)
"""Which sentence claims what. A row with a role is read by `roles` before `link`."""


def sides(year: Year, finding: Finding) -> Sides | None:
    """What a sentence says and what is so; None when it claims nothing that is listed here."""
    if (finding.district, finding.day) not in year.held or not finding.kind:
        return None
    for pattern, claim in CLAIMS:
        if found := re.match(pattern, finding.sentence):
            return claim(year, finding, found)
    return None
