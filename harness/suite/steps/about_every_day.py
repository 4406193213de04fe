"""`Then` steps about everything in every district, on every calm day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harness.assess.expectations import ROLE_KEYS
from harness.assess.recording_index import KINDS
from harness.plan.phrases import about_everyone as say
from harness.suite.checks.every_day.topics import Topic
from harness.suite.checks.every_day.watch import watched
from harness.suite.scene import EVERYTHING, Scene
from harness.suite.steps.binding import step

_TOPICS: Mapping[str, Topic] = {
    "all that is new is in use": Topic.NEW,
    "names, links and addresses are as Clever shares them": Topic.VALUES,
    "all that Clever still shares, or shares again, is in use": Topic.IN_USE,
    "all that Clever no longer shares is archived, not lost": Topic.LEFT_OVER,
    "nothing is in use that Clever has never shared": Topic.STRANGERS,
    "every section has the teachers and students Clever names": Topic.MEMBERS,
    "every user belongs to the schools Clever names": Topic.SCHOOLS,
    "every user has the roles Clever names": Topic.ROLES,
    "every contact belongs to the students Clever names": Topic.RELATIONSHIPS,
    "each role is at its own schools": Topic.ROLE_SCHOOLS,
    "events have led to what Clever shares": Topic.EVENTS,
}
_DECLARED: Mapping[Topic, tuple[str, ...]] = {
    Topic.MEMBERS: ("sections.teachers", "sections.students", "teachers", "students"),
    Topic.SCHOOLS: ("users.schools", "schools", "teachers", "staff", "students"),
    Topic.ROLE_SCHOOLS: ("users.schools", "schools", "teachers", "staff", "students"),
    Topic.RELATIONSHIPS: ("users.student_relationships", "contacts", "students"),
}

_OF_USERS = (Topic.SCHOOLS, Topic.ROLES)
"""What is asked of whoever has an account."""


@step(say.EVERY_DAY)
def every_day(scene: Scene, what: str) -> None:
    _judge(scene, _TOPICS[what])


@step(say.AFTER_FAULTS)
def after_faults(scene: Scene) -> None:
    _judge(scene, Topic.AFTER_FAULTS)


def _judge(scene: Scene, topic: Topic) -> None:
    """What another check accuses of a record is not accused again."""
    scene.gives_way = True
    observation = watched(scene.index, topic)
    declared = scene.index.expectations.declared
    if not observation.examined:
        why = declared(*_DECLARED.get(topic, KINDS))
        if topic in _OF_USERS:
            why = why or scene.index.expectations.nobody()
        observation = replace(observation, not_applicable=why if not observation.needs else "")
    kinds = ROLE_KEYS.values() if topic is Topic.ROLES else EVERYTHING
    scene.then_of_all(observation, _DECLARED.get(topic, kinds))
