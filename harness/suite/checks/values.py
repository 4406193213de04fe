"""Values: whether names, addresses, schools, roles, members and links are those Clever shares.

Everything is narrowed to what the app holds: a record it lacks is a matter of presence, and is
not counted again here. Names of sections are not judged, since an app may show its own
(Clever regenerates them and they are not unique); nor are addresses that two users share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex, RecordRef
from harness.contract.snapshot import HeldCourse, HeldSchool, HeldSection, HeldTerm, HeldUser
from harness.district.data_model.records import Kind, Section, User, roles_of, schools_of
from harness.prose import counted
from harness.suite.checks import spelling
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import sentence, short, spoken


class Mirror:
    """One day's shared records beside the app's active rows of them."""

    def __init__(self, index: RecordingIndex, district: str, day: str) -> None:
        self.index, self.district, self.day = index, district, day
        self.roster = index.roster(district, day)
        self.holdings = index.holdings(district, day)
        self._shared_twice = {
            address
            for address, times in Counter(
                user.get("email") or "" for user in self.roster.users.values()
            ).items()
            if times > 1
        }

    # about users

    def names(self, ids: Iterable[str]) -> Observation:
        return self._users(ids, "users.name", self._name)

    def emails(self, ids: Iterable[str]) -> Observation:
        return self._users(ids, "users.email", self._email)

    def schools(self, ids: Iterable[str]) -> Observation:
        return self._users(ids, "users.schools", self._schools)

    def roles(self, ids: Iterable[str]) -> Observation:
        return self._users(ids, "", self._roles)

    def role_schools(self, ids: Iterable[str]) -> Observation:
        return self._users(ids, "users.schools", self._role_schools)

    def student_relationships(self, ids: Iterable[str]) -> Observation:
        contacts = [i for i in ids if "contact" in self._roles_of(i)]
        observation = self._users(
            contacts, "users.student_relationships", self._student_relationships
        )
        observation.not_applicable = observation.not_applicable or self.index.declared("contacts")
        return observation

    def called(self, people: Iterable[RecordRef]) -> Observation:
        """The names of people, or of schools, terms and courses."""
        listed = list(people)
        observation = self.names(one.clever_id for one in listed if one.kind is Kind.USERS)
        for kind in (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES):
            if ids := [one.clever_id for one in listed if one.kind is kind]:
                observation.add(self.titles(kind, ids))
        if observation.examined:
            observation.not_applicable = ""
        return observation

    # about sections and the rest

    def teachers(self, ids: Iterable[str]) -> Observation:
        return self._sections(ids, "sections.teachers", self._teachers)

    def students(self, ids: Iterable[str]) -> Observation:
        return self._sections(ids, "sections.students", self._students)

    def links(self, ids: Iterable[str]) -> Observation:
        """School, course and term of each section, as far as the app holds them."""
        ids = tuple(ids)
        observation = self._sections(
            ids, "sections.school", self._link("school", Kind.SCHOOLS, "school")
        )
        observation.add(
            self._sections(ids, "sections.course", self._link("course", Kind.COURSES, "course"))
        )
        observation.add(
            self._sections(ids, "sections.term", self._link("term", Kind.TERMS, "term_id"))
        )
        if observation.examined:
            observation.not_applicable = ""
        return observation

    def titles(self, kind: Kind, ids: Iterable[str]) -> Observation:
        """The names of schools, terms and courses."""
        observation = Observation(not_applicable=self.index.declared(f"{kind}.name"))
        if observation.not_applicable:
            return observation
        for clever_id in ids:
            row, record = self.holdings.active(kind, clever_id), self.roster.of(kind).get(clever_id)
            if record is None or not isinstance(row, HeldSchool | HeldTerm | HeldCourse):
                continue
            observation.examined += 1
            wanted, held = str(record.get("name") or ""), row.name or ""
            if spelling.shows(wanted, held):
                continue
            observation.findings.append(
                self._finding(
                    FindingKind.FIELD,
                    kind,
                    clever_id,
                    f"Clever names a {kind.removesuffix('s')} {short(wanted)}, "
                    f"your app {_says(held)}.",
                    field="name",
                    expected=wanted,
                    found=held,
                )
            )
        return observation

    # one record each; None when it is right

    def _name(self, user: User, row: HeldUser) -> Finding | None:
        name = user["name"]
        first, last = name.get("first"), name.get("last")
        if spelling.shows_name((first, last), (row.first_name, row.last_name)):
            return None
        wanted = spelling.normalized(f"{first or ''} {last or ''}")
        held = spelling.normalized(f"{row.first_name or ''} {row.last_name or ''}")
        return self._finding(
            FindingKind.FIELD,
            Kind.USERS,
            user["id"],
            f"Clever's name is {short(wanted)} on {self.day}, your app {_says(held)}.",
            field="name",
            expected=wanted,
            found=held,
        )

    def _email(self, user: User, row: HeldUser) -> Finding | None:
        wanted, held = user.get("email") or "", row.email or ""
        if wanted.casefold() == held.casefold() or wanted in self._shared_twice - {""}:
            return None
        return self._finding(
            FindingKind.FIELD,
            Kind.USERS,
            user["id"],
            f"Clever's address of {short(self.index.name(user['id']))} is "
            f"{short(wanted, 34) or 'empty'}, your app {_says(held, 34)}.",
            field="email",
            expected=wanted,
            found=held,
        )

    def _schools(self, user: User, row: HeldUser) -> Finding | None:
        known = self.holdings.active_ids[Kind.SCHOOLS] if self.index.holds("schools") else None
        of_roles = schools_of(user, {role.role for role in row.roles})  # a lost role is G3's
        wanted = [s for s in of_roles if known is None or s in known]
        held = {school for role in row.roles for school in role.schools}
        held -= set(of_roles) - set(wanted)
        if set(wanted) == held or not (wanted or held):
            return None
        return self._finding(
            FindingKind.SCHOOL,
            Kind.USERS,
            user["id"],
            f"Clever shares {short(self.index.name(user['id']))} with "
            f"{counted(len(wanted), 'school')} on {self.day}, your app holds {len(held) or 'none'}"
            f"{self._apart(wanted, held)}.",
            field="schools",
            expected=self._spoken(wanted),
            found=self._spoken(held),
        )

    def _roles(self, user: User, row: HeldUser) -> Finding | None:
        wanted = {role for role in roles_of(user) if self.index.holds_role(role)}
        held = {role.role for role in row.roles if self.index.holds_role(role.role)}
        if wanted == held:
            return None
        return self._finding(
            FindingKind.ROLE,
            Kind.USERS,
            user["id"],
            f"At Clever {short(self.index.name(user['id']))} is {_as_roles(wanted)} on {self.day}, "
            f"in your app {_as_roles(held)}.",
            field="roles",
            expected=_as_roles(wanted),
            found=_as_roles(held),
        )

    def _role_schools(self, user: User, row: HeldUser) -> Finding | None:
        """Every role the app holds is at its own schools; a role it lacks is another matter."""
        known = self.holdings.active_ids[Kind.SCHOOLS]
        for held in row.roles:
            wanted = {s for s in schools_of(user, {held.role}) if s in known}
            if held.role not in roles_of(user) or set(held.schools) == wanted:
                continue
            return self._finding(
                FindingKind.SCHOOL,
                Kind.USERS,
                user["id"],
                f"Clever has {short(self.index.name(user['id']))} as {_as_roles([held.role])} at "
                f"{counted(len(wanted), 'school')}, your app at {len(held.schools) or 'none'}"
                f"{self._apart(wanted, held.schools)}.",
                field=f"roles.{held.role}.schools",
                expected=self._spoken(wanted),
                found=self._spoken(held.schools),
            )
        return None

    def _student_relationships(self, user: User, row: HeldUser) -> Finding | None:
        students = self.holdings.active_ids[Kind.USERS]
        contact = user["roles"].get("contact")
        ties = contact["student_relationships"] if contact else []
        wanted = {
            (tie["student"], tie["relationship"]) for tie in ties if tie["student"] in students
        }
        absent = {tie["student"] for tie in ties} - students  # presence accuses those
        held = {
            (tie.student, tie.relationship or "")
            for tie in row.student_relationships
            if tie.student not in absent
        }
        told = {tie.student for tie in row.student_relationships if tie.relationship is not None}
        wanted = {(student, tie if student in told else "") for student, tie in wanted}
        if wanted == held:
            return None
        return self._finding(
            FindingKind.STUDENT_RELATIONSHIP,
            Kind.USERS,
            user["id"],
            f"Clever makes {short(self.index.name(user['id']))} {self._ties(wanted)}, "
            f"your app {self._ties(held)}.",
            field="student_relationships",
            expected=self._ties(wanted),
            found=self._ties(held),
        )

    def _teachers(self, section: Section, row: HeldSection) -> Finding | None:
        return self._members(
            section, section["teachers"], row.teachers, FindingKind.TEACHER, "teacher"
        )

    def _students(self, section: Section, row: HeldSection) -> Finding | None:
        return self._members(
            section, section["students"], row.students, FindingKind.STUDENT, "student"
        )

    def _members(
        self,
        section: Section,
        shared: Iterable[str],
        rows: Iterable[str],
        finding_kind: FindingKind,
        noun: str,
    ) -> Finding | None:
        active = self.holdings.active_ids[Kind.USERS]
        shared = list(shared)
        wanted = [user_id for user_id in shared if user_id in active]
        held = set(rows) - (set(shared) - active)  # an account that is not there is not judged here
        if set(wanted) == held:
            return None
        title = short(self.index.name(section["id"]))
        return self._finding(
            finding_kind,
            Kind.SECTIONS,
            section["id"],
            f"Clever has {counted(len(wanted), noun)} in {title} on {self.day}, "
            f"your app {len(held) or 'none'}{self._apart(wanted, held)}.",
            field=f"{noun}s",
            expected=self._spoken(wanted),
            found=self._spoken(held),
        )

    def _link(
        self, attribute: str, kind: Kind, key: str
    ) -> Callable[[Section, HeldSection], Finding | None]:
        def compare(section: Section, row: HeldSection) -> Finding | None:
            wanted, held = str(section.get(key) or ""), str(getattr(row, attribute) or "")
            if wanted and wanted not in self.holdings.active_ids[kind]:
                return None
            if wanted == held:
                return None
            title, called = short(self.index.name(section["id"])), short(self._title(held))
            if held and called == short(self._title(wanted)):
                called = "one that had its name before"
            return self._finding(
                FindingKind.FIELD,
                Kind.SECTIONS,
                section["id"],
                f"Clever puts {title} into {attribute} {short(self._title(wanted))}, "
                f"your app into {called}.",
                field=attribute,
                expected=self._title(wanted),
                found=self._title(held),
            )

        return compare

    # plumbing

    def _users(
        self, ids: Iterable[str], key: str, compare: Callable[[User, HeldUser], Finding | None]
    ) -> Observation:
        observation = Observation(not_applicable=self.index.declared(key) if key else "")
        if observation.not_applicable:
            return observation
        for user_id in ids:
            user, row = self.roster.users.get(user_id), self.holdings.active(Kind.USERS, user_id)
            if user is None or not isinstance(row, HeldUser):
                continue
            observation.examined += 1
            if finding := compare(user, row):
                observation.findings.append(finding)
        return observation

    def _sections(
        self,
        ids: Iterable[str],
        key: str,
        compare: Callable[[Section, HeldSection], Finding | None],
    ) -> Observation:
        linked = {
            "sections.course": "courses",
            "sections.term": "terms",
            "sections.school": "schools",
        }
        observation = Observation(
            not_applicable=self.index.declared(key)
            or (self.index.declared(linked[key]) if key in linked else "")
        )
        if observation.not_applicable:
            return observation
        for section_id in ids:
            section = self.roster.sections.get(section_id)
            row = self.holdings.active(Kind.SECTIONS, section_id)
            if section is None or not isinstance(row, HeldSection):
                continue
            observation.examined += 1
            if finding := compare(section, row):
                observation.findings.append(finding)
        return observation

    def _roles_of(self, user_id: str) -> Collection[str]:
        user = self.roster.users.get(user_id)
        return () if user is None else roles_of(user)

    def _apart(self, wanted: Iterable[str], held: Iterable[str]) -> str:
        wanted, held = list(wanted), set(held)
        if missing := [self.index.name(i) for i in wanted if i not in held]:
            return f": {short(spoken(missing, 2), 44)} missing"
        extra = [self.index.name(i) for i in sorted(held - set(wanted))]
        return f": {short(spoken(extra, 2), 44)} left over" if extra else ""

    def _spoken(self, ids: Iterable[str]) -> str:
        return spoken((self.index.name(i) for i in ids), 6)

    def _ties(self, ties: Iterable[tuple[str, str]]) -> str:
        said = [
            f"{(tie or 'contact').lower()} of {short(self.index.name(student), 20)}"
            for student, tie in sorted(ties)
        ]
        return spoken(said, 3) if said else "nobody's contact"

    def _title(self, clever_id: str) -> str:
        return self.index.name(clever_id) if clever_id else "none"

    def _finding(
        self,
        finding_kind: FindingKind,
        kind: Kind,
        clever_id: str,
        words: str,
        *,
        field: str,
        expected: str,
        found: str,
    ) -> Finding:
        return Finding(
            check="",
            day=self.day,
            district=self.district,
            finding_kind=finding_kind,
            kind=kind,
            clever_id=clever_id,
            name=self.index.name(clever_id),
            sentence=sentence(words),
            field=field,
            expected=expected,
            found=found,
        )


def _says(held: str, most: int = 30) -> str:
    return f"says {short(held, most)}" if held else "has none"


def _as_roles(roles: Iterable[str]) -> str:
    said = sorted(role.replace("_", " ") for role in roles)
    return spoken(said, 4) if said else "without a role"
