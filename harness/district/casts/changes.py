"""Changes: plays what an edge case says happens, verb by verb.

`verbs.py` has the verbs and their keys, the functions of `sis` what each does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from harness.district.casts.cast import NEXT_YEAR, NONE, Cast, ChangeStep, RolePart
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
            sis = _VERBS[step.verb](sis, _StepValues(cast=cast, step=step))
        except ImpossibleChangeError as error:
            raise PlanError(
                f"{step.verb}: {error}",
                file=cast.file,
                line=step.line,
                key=f"changes.{change}",
                hint="Changes happen in the order of the days they are placed on.",
            ) from error
    return sis


def _refuse_unborn(sis: Sis, cast: Cast, step: ChangeStep) -> None:
    """What is called `NAME next year` is there from the rollover on; raises Impossible."""
    known = sis.casts[cast.edge_case]
    for value in step.values.values():
        for name in value if isinstance(value, tuple) else (value,):
            text = str(name)
            if text.removesuffix(NEXT_YEAR) in cast.members and text not in known:
                raise ImpossibleChangeError(f"{text} is not there before rollover")


@dataclass(frozen=True, slots=True, kw_only=True)
class _StepValues:
    """What an edge case says for the keys of a verb, names turned into uids."""

    cast: Cast
    step: ChangeStep

    def has(self, key: str) -> bool:
        return key in self.step.values

    def uid(self, key: str) -> str:
        return self._uid(self.text(key))

    def uids(self, key: str) -> tuple[str, ...]:
        names = self.step.values.get(key, ())
        assert isinstance(names, tuple)
        return tuple(self._uid(name) for name in names)

    def text(self, key: str) -> str:
        return str(self.step.values[key])

    def schools(self, key: str) -> tuple[str, ...]:
        keys = self.step.values[key]
        assert isinstance(keys, tuple)
        return keys

    def flag(self, key: str) -> bool:
        return self.step.values.get(key) is True

    def part(self) -> RolePart:
        part = self.step.values["part"]
        assert isinstance(part, RolePart)
        return part

    def links(self) -> dict[str, str | None]:
        """The school, the course and the term a class gets; None for `none`."""
        named = {key: self.text(key) for key in ("school", "course", "term") if self.has(key)}
        return {key: None if name == NONE else self._uid(name) for key, name in named.items()}

    def days(self, key: str) -> int | None:
        days = self.step.values.get(key)
        return days if isinstance(days, int) else None

    def fields(self) -> Mapping[str, object]:
        fields = self.step.values["fields"]
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


def _move(sis: Sis, values: _StepValues) -> Sis:
    student = values.uid("student")
    return classes.enroll(
        classes.drop(sis, student, values.uids("from")), student, values.uids("to")
    )


def _transfer(sis: Sis, values: _StepValues) -> Sis:
    student, school = values.uid("student"), values.text("to")
    grade = values.text("grade") if values.has("grade") else None
    sis = people.transfer(sis, student, school, values.uids("sections"), grade=grade)
    return people.new_email(sis, student) if values.flag("new-email") else sis


def _gain_role(sis: Sis, values: _StepValues) -> Sis:
    uid, role = values.uid("person"), values.text("role")
    person, maker = sis.people[uid], PersonMaker.of_district(sis)
    fields = role_fields(
        maker, role, values.part(), uid=uid, name=person.name, position=person.position
    )
    return people.gain_role(sis, uid, role, fields)


def _new_email(sis: Sis, values: _StepValues) -> Sis:
    address = None
    if values.has("to"):
        address = chosen_address(values.text("to"), sis.domain)
    if values.has("same-as"):
        address = sis.people[values.uid("same-as")].email
    return people.new_email(sis, values.uid("who"), address)


def _vary(sis: Sis, values: _StepValues) -> Sis:
    """What a member, or each of those it stands for, is sent as from now on."""
    cast, who = values.cast, values.text("who")
    for name in cast.groups.get(who, (who,)):
        entry = sis.entry(uid_in(cast, name))
        sis = sis.put(replace(entry, raw=cast.members[name].raw))
    return sis


_VERBS: Mapping[str, Callable[[Sis, _StepValues], Sis]] = {
    "leave": lambda sis, values: presence.leave(sis, values.uid("who")),
    "return": lambda sis, values: presence.come_back(sis, values.uid("who")),
    "arrive": lambda sis, values: presence.arrive(sis, values.uid("who")),
    "unshare": lambda sis, values: presence.unshare(
        sis, values.uid("who"), still_listed=values.flag("still-listed")
    ),
    "share": lambda sis, values: presence.share_again(sis, values.uid("who")),
    "vary": _vary,
    "new-sis-id": lambda sis, values: with_new_sis_id(sis, values.uid("who")),
    "create-anew": lambda sis, values: presence.create_anew(sis, values.uid("who")),
    "enroll": lambda sis, values: classes.enroll(sis, values.uid("student"), values.uids("in")),
    "drop": lambda sis, values: classes.drop(sis, values.uid("student"), values.uids("from")),
    "move": _move,
    "transfer": _transfer,
    "co-teach": lambda sis, values: classes.co_teach(
        sis, values.uid("section"), values.uid("with")
    ),
    "stop-teaching": lambda sis, values: classes.stop_teaching(
        sis, values.uid("section"), values.uid("teacher")
    ),
    "replace-teacher": lambda sis, values: classes.replace_teacher(
        sis, values.uid("section"), values.uid("by")
    ),
    "promote-teacher": lambda sis, values: classes.promote_teacher(
        sis, values.uid("section"), values.uid("teacher")
    ),
    "reschedule": lambda sis, values: classes.reschedule(
        sis, values.uid("section"), values.links()
    ),
    "redate": lambda sis, values: classes.redate(
        sis, values.uid("term"), starts=values.days("starts"), ends=values.days("ends")
    ),
    "gain-role": _gain_role,
    "lose-role": lambda sis, values: people.lose_role(
        sis, values.uid("person"), values.text("role")
    ),
    "rename": lambda sis, values: people.rename(sis, values.uid("who"), values.names()),
    "new-email": _new_email,
    "reschool": lambda sis, values: people.reschool(
        sis, values.uid("who"), values.text("role"), values.schools("schools")
    ),
    "relate": lambda sis, values: people.relate(
        sis, values.uid("contact"), values.uid("student"), values.text("as")
    ),
    "unrelate": lambda sis, values: people.unrelate(
        sis, values.uid("contact"), values.uid("student")
    ),
    "edit": lambda sis, values: people.edit(sis, values.uid("who"), values.role(), values.fields()),
}
