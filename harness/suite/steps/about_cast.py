"""`Then` steps about the people and records of an edge case."""

from __future__ import annotations

from harness.assess.recording_index import RecordRef
from harness.plan.names import listed
from harness.plan.phrases import about_cast as say
from harness.plan.plan import Day
from harness.recording.recording import AccountCreated
from harness.suite.checks import (
    archive,
    distinct,
    history,
    matching,
    name_values,
    optional_values,
    presence,
    primary_teacher,
    relationship_values,
    restore,
    section_values,
    takeovers,
    user_values,
    waiting,
)
from harness.suite.checks import same_account as account
from harness.suite.checks.every_day.topics import Topic
from harness.suite.checks.every_day.watch import on_days_without_faults
from harness.suite.checks.observation import Observation
from harness.suite.endings import NotApplicableError
from harness.suite.scene import Scene
from harness.suite.steps.binding import step


@step(say.ACTIVE)
def active(scene: Scene, who: str) -> None:
    people = _within_reach(scene, who)
    scene.then(presence.people(scene.index, scene.district, scene.day, people))


@step(say.LIKE_OTHERS)
def like_others(scene: Scene, who: str) -> None:
    """About those only who stand where the app holds others around them."""
    people = _within_reach(scene, who)
    held = presence.people(scene.index, scene.district, scene.day, people)
    scene.narrowed_by = [*scene.narrowed_by, *held.reasons]
    scene.then(presence.like_anyone_else(scene.index, scene.district, scene.day, people))


def _within_reach(scene: Scene, who: str) -> list[RecordRef]:
    """Those among cast members whom the app's reading came as far as."""
    people = []
    for person in scene.persons(who):
        unread = presence.unread(scene.index, scene.district, scene.day, person)
        scene.narrowed_by = [*scene.narrowed_by, *unread]
        people += [] if unread else [person]
    return people


@step(say.ARCHIVED)
def archived(scene: Scene, who: str) -> None:
    archived = archive.archived(scene.index, scene.district, scene.day, scene.persons(who))
    scene.then(_of_the_fault(scene, archived, Topic.LEFT_OVER))


@step(say.WAITED_FOR)
def waited_for(scene: Scene, who: str) -> None:
    scene.then(waiting.waited_for(scene.index, scene.district, scene.day, scene.persons(who)))


@step(say.FORMER)
def former(scene: Scene, who: str, since: str) -> None:
    """What has another Clever ID now, under the one it had then."""
    index, district, day = scene.index, scene.district, scene.day
    people = scene.persons(who, since)
    kept = [p for p in people if not account.passed_on(index, district, day, since, p)]
    if kept != people:
        scene.narrowed_by = [*scene.narrowed_by, *takeovers.none_taken_over(index).findings]
    scene.then(archive.archived(index, district, day, kept))


@step(say.RESTORED)
def restored(scene: Scene, who: str) -> None:
    scene.then(restore.restored(scene.index, scene.district, scene.day, scene.persons(who)))


@step(say.SAME_ACCOUNT)
def same_account(scene: Scene, who: str, since: str) -> None:
    people = scene.persons(who)
    scene.then(account.same_account(scene.index, scene.district, scene.day, since, people))


@step(say.KEEPS_LESSON)
def keeps_lesson(scene: Scene, who: str, since: str) -> None:
    if since == Day.BEFORE:
        scene.then(matching.work_kept(scene.index, _accounts(scene, who)))
        return
    acts = [
        act
        for name in listed(who)
        for act in history.lessons_of(scene.index, scene.edge_case, name, since)
    ]
    kept = history.kept(scene.index, acts, scene.day)
    if not kept.examined and acts:
        scene.narrowed_by = [*scene.narrowed_by, *takeovers.none_taken_over(scene.index).findings]
    scene.then(kept)


@step(say.MATCHED)
def matched(scene: Scene, who: str) -> None:
    found = matching.matched(scene.index, _accounts(scene, who))
    scene.then(found)
    scene.assertions[-1].decides_nothing = found.decides_nothing and not found.examined


@step(say.NOT_TAKEN)
def not_taken(scene: Scene, who: str) -> None:
    scene.then(matching.not_taken(scene.index, _accounts(scene, who)))


@step(say.ONLY_THEIRS)
def only_theirs(scene: Scene, who: str) -> None:
    scene.then(matching.only_theirs(scene.index, _accounts(scene, who)))


@step(say.HELD_ONCE)
def held_once(scene: Scene, who: str) -> None:
    index, district, day = scene.index, scene.district, scene.day
    people = scene.persons(who)
    observation = distinct.once(index, district, [day], frozenset(p.clever_id for p in people))
    for person in people:
        observation.leave_out(presence.undeclared_reason(index, district, day, person))
    scene.then(observation)


@step(say.TWO_ACCOUNTS)
def separate(scene: Scene, who: str) -> None:
    people = scene.persons(who)
    held = presence.people(scene.index, scene.district, scene.day, people)
    scene.narrowed_by = held.reasons
    if held.not_applicable and not held.examined:
        scene.then(held)
    else:
        scene.then(distinct.apart(scene.index, scene.district, scene.day, people))


@step(say.NO_ACCOUNT)
def no_account(scene: Scene, who: str) -> None:
    scene.then(presence.strangers(scene.index, scene.district, scene.day, scene.persons(who)))


@step(say.BELONGS)
def belongs(scene: Scene, who: str, what: str) -> None:
    mirror = scene.mirror(scene.day)
    look = user_values.schools if what == "schools" else relationship_values.student_relationships
    scene.then(look(mirror, _ids(scene, who)))


_ROLES_OF_ALL = "G3"
"""What owns that roles are missing, if those of most users are."""


@step(say.HAS)
def has(scene: Scene, who: str, what: str) -> None:
    mirror, ids = scene.mirror(scene.day), _ids(scene, who)
    match what:
        case "name":
            names = name_values.called(mirror, scene.persons(who))
            scene.then(_of_the_fault(scene, names, Topic.VALUES))
        case "roles":
            observation = user_values.roles(mirror, ids)
            if _ROLES_OF_ALL not in scene.planned.requirements and user_values.lacks_roles(mirror):
                observation.needs += observation.findings
                observation.findings = []
            scene.then(observation)
        case "grade":
            grades = optional_values.grades(mirror, ids)
            if grades is None:
                raise NotApplicableError(
                    "The snapshots of your app show no grades, which is up to you."
                )
            scene.then(grades)
        case _:
            emails = name_values.emails(mirror, ids)
            scene.then(_of_the_fault(scene, emails, Topic.VALUES))


@step(say.ROLE_SCHOOLS)
def role_schools(scene: Scene, who: str) -> None:
    """Of those who belong to the schools Clever names; who does not is a matter of G2."""
    mirror, ids = scene.mirror(scene.day), _ids(scene, who)
    elsewhere = user_values.schools(mirror, ids).findings
    apart = {finding.clever_id for finding in elsewhere}
    observation = user_values.role_schools(mirror, [i for i in ids if i not in apart])
    observation.needs += elsewhere
    scene.then(observation)


@step(say.MEMBERS)
def members(scene: Scene, what: str, section: str) -> None:
    mirror = scene.mirror(scene.day)
    look = section_values.students if what == "students" else section_values.teachers
    scene.then(_of_the_fault(scene, look(mirror, _ids(scene, section)), Topic.MEMBERS))


@step(say.PRIMARY_FIRST)
def primary_first(scene: Scene, section: str) -> None:
    scene.then(primary_teacher.listed_first(scene.mirror(scene.day), _ids(scene, section)))


@step(say.LINKS)
def links(scene: Scene, section: str) -> None:
    scene.then(section_values.links(scene.mirror(scene.day), _ids(scene, section)))


_AFTER_FAULTS = "T6"
"""What a scenario verifies that is about the first good sync after a fault."""


def _of_the_fault(scene: Scene, observation: Observation, topic: Topic) -> Observation:
    """An observation after faults without what goes wrong on days without faults as well.

    Of the records concerned it cannot be told what a fault leaves behind.
    """
    after_faults = _AFTER_FAULTS in scene.planned.requirements
    if after_faults and observation.findings and on_days_without_faults(scene.index, topic):
        observation.examined -= len({finding.clever_id for finding in observation.findings})
        observation.needs += observation.findings
        observation.findings = []
    return observation


def _accounts(scene: Scene, who: str) -> list[AccountCreated]:
    return [act for name in listed(who) for act in scene.accounts(name)]


def _ids(scene: Scene, who: str) -> list[str]:
    """Clever ids of cast members; those not held are why a Then may find nothing to examine."""
    people = scene.persons(who)
    absent = presence.people(scene.index, scene.district, scene.day, people)
    scene.narrowed_by = [*scene.narrowed_by, *absent.reasons]
    return [person.clever_id for person in people]
