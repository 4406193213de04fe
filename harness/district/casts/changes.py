"""Changes: plays what an edge case says happens, verb by verb.

`verbs.py` has the verbs and their keys, the functions of `sis` what each does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.district.casts.cast import NEXT_YEAR, NONE, Cast, RolePart, Step
from harness.district.casts.people import chosen_address, role_fields
from harness.district.casts.placement import uid_in
from harness.district.population.five_schools import SCHOOLS
from harness.district.population.person_maker import PersonMaker
from harness.district.sis import classes, people, presence
from harness.district.sis.impossible import ImpossibleChangeError
from harness.district.sis.new_ids import with_new_sis_id
from harness.district.sis.sis import Sis
from harness.errors import PlanError


def apply_change(sis: Sis, cast: Cast, change: str) -> Sis:
    """The Sis after a named change of an edge case.

    Raises PlanError with the place in the edge case's file when the change is impossible then.
    """
    for step in cast.changes[change]:
        try:
            _refuse_unborn(sis, cast, step)
            sis = _VERBS[step.verb](sis, _Given(cast=cast, step=step))
        except ImpossibleChangeError as error:
            raise PlanError(
                f"{step.verb}: {error}",
                file=cast.file,
                line=step.line,
                key=f"changes.{change}",
                hint="Changes happen in the order of the days they are placed on.",
            ) from error
    return sis


def _refuse_unborn(sis: Sis, cast: Cast, step: Step) -> None:
    """What is called `NAME next year` is there from the rollover on; raises Impossible."""
    known = sis.casts[cast.edge_case]
    for value in step.given.values():
        for name in value if isinstance(value, tuple) else (value,):
            text = str(name)
            if text.removesuffix(NEXT_YEAR) in cast.members and text not in known:
                raise ImpossibleChangeError(f"{text} is not there before rollover")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What an edge case says for the keys of a verb, names turned into uids."""

    cast: Cast
    step: Step

    def has(self, key: str) -> bool:
        return key in self.step.given

    def uid(self, key: str) -> str:
        return self._uid(self.text(key))

    def uids(self, key: str) -> tuple[str, ...]:
        names = self.step.given.get(key, ())
        assert isinstance(names, tuple)
        return tuple(self._uid(name) for name in names)

    def text(self, key: str) -> str:
        return str(self.step.given[key])

    def schools(self, key: str) -> tuple[str, ...]:
        keys = self.step.given[key]
        assert isinstance(keys, tuple)
        return keys

    def flag(self, key: str) -> bool:
        return self.step.given.get(key) is True

    def part(self) -> RolePart:
        part = self.step.given["part"]
        assert isinstance(part, RolePart)
        return part

    def links(self) -> dict[str, str | None]:
        """The course and the term a class gets; None for `none`."""
        named = {key: self.text(key) for key in ("course", "term") if self.has(key)}
        return {key: None if name == NONE else self._uid(name) for key, name in named.items()}

    def days(self, key: str) -> int | None:
        days = self.step.given.get(key)
        return days if isinstance(days, int) else None

    def fields(self) -> Mapping[str, object]:
        fields = self.step.given["fields"]
        assert isinstance(fields, Mapping)
        return fields

    def role(self) -> str:
        """The role that is named, or the only one the cast gives the person."""
        if self.has("role"):
            return self.text("role")
        member = self.cast.members.get(self.text("who"))
        return next(iter(member.roles), "") if member else ""

    def names(self) -> dict[str, str]:
        keys = ("first", "middle", "last", "name")
        return {key: self.text(key) for key in keys if self.has(key)}

    def _uid(self, name: str) -> str:
        return name if name in SCHOOLS else uid_in(self.cast, name)


def _move(sis: Sis, given: _Given) -> Sis:
    student = given.uid("student")
    return classes.enroll(classes.drop(sis, student, given.uids("from")), student, given.uids("to"))


def _transfer(sis: Sis, given: _Given) -> Sis:
    student, school = given.uid("student"), given.text("to")
    grade = given.text("grade") if given.has("grade") else None
    sis = people.transfer(sis, student, school, given.uids("sections"), grade=grade)
    return people.new_email(sis, student) if given.flag("new-email") else sis


def _gain_role(sis: Sis, given: _Given) -> Sis:
    uid, role = given.uid("person"), given.text("role")
    person, maker = sis.people[uid], PersonMaker.of_district(sis)
    fields = role_fields(
        maker, role, given.part(), uid=uid, name=person.name, position=person.position
    )
    return people.gain_role(sis, uid, role, fields)


def _new_email(sis: Sis, given: _Given) -> Sis:
    address = None
    if given.has("to"):
        address = chosen_address(given.text("to"), sis.domain)
    if given.has("same-as"):
        address = sis.people[given.uid("same-as")].email
    return people.new_email(sis, given.uid("who"), address)


_VERBS: Mapping[str, Callable[[Sis, _Given], Sis]] = {
    "leave": lambda sis, given: presence.leave(sis, given.uid("who")),
    "return": lambda sis, given: presence.come_back(sis, given.uid("who")),
    "arrive": lambda sis, given: presence.arrive(sis, given.uid("who")),
    "unshare": lambda sis, given: presence.unshare(
        sis, given.uid("who"), still_listed=given.flag("still-listed")
    ),
    "share": lambda sis, given: presence.share_again(sis, given.uid("who")),
    "new-sis-id": lambda sis, given: with_new_sis_id(sis, given.uid("who")),
    "create-anew": lambda sis, given: presence.create_anew(sis, given.uid("who")),
    "enroll": lambda sis, given: classes.enroll(sis, given.uid("student"), given.uids("in")),
    "drop": lambda sis, given: classes.drop(sis, given.uid("student"), given.uids("from")),
    "move": _move,
    "transfer": _transfer,
    "co-teach": lambda sis, given: classes.co_teach(sis, given.uid("section"), given.uid("with")),
    "stop-teaching": lambda sis, given: classes.stop_teaching(
        sis, given.uid("section"), given.uid("teacher")
    ),
    "replace-teacher": lambda sis, given: classes.replace_teacher(
        sis, given.uid("section"), given.uid("by")
    ),
    "promote-teacher": lambda sis, given: classes.promote_teacher(
        sis, given.uid("section"), given.uid("teacher")
    ),
    "reschedule": lambda sis, given: classes.reschedule(sis, given.uid("section"), given.links()),
    "redate": lambda sis, given: classes.redate(
        sis, given.uid("term"), starts=given.days("starts"), ends=given.days("ends")
    ),
    "gain-role": _gain_role,
    "lose-role": lambda sis, given: people.lose_role(sis, given.uid("person"), given.text("role")),
    "rename": lambda sis, given: people.rename(sis, given.uid("who"), given.names()),
    "new-email": _new_email,
    "reschool": lambda sis, given: people.reschool(
        sis, given.uid("who"), given.text("role"), given.schools("schools")
    ),
    "relate": lambda sis, given: people.relate(
        sis, given.uid("contact"), given.uid("student"), given.text("as")
    ),
    "unrelate": lambda sis, given: people.unrelate(sis, given.uid("contact"), given.uid("student")),
    "edit": lambda sis, given: people.edit(sis, given.uid("who"), given.role(), given.fields()),
}
