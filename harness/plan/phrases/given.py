"""Givens: who and what a scenario speaks of."""

from __future__ import annotations

from harness.plan.demands import Demands
from harness.plan.phrases.phrase import DAY, SECTION, WHO, Groups, given


def _edge_case(demands: Demands, groups: Groups) -> None:
    demands.give_edge_case(groups.get("edge_case", ""))


def _district(demands: Demands, groups: Groups) -> None:
    demands.give_district(groups.get("district", ""))


def _neighbour(demands: Demands, groups: Groups) -> None:
    demands.neighbour = True


def _follows_events(demands: Demands, groups: Groups) -> None:
    demands.follows_events = True


def _archives_later(demands: Demands, groups: Groups) -> None:
    demands.archives_later = True


EDGE_CASE = given(r'the edge case "(?P<edge_case>[^"]*)"', _edge_case)
WHOLE_DISTRICT = given(r"the whole district")
NEIGHBOUR_DISTRICT = given(r"the neighbour district", _neighbour)
DISTRICT = given(r'the district "(?P<district>[^"]*)"', _district)
FOLLOWS_EVENTS = given(r"an app that follows events", _follows_events)
ARCHIVES_LATER = given(r"an app that archives later", _archives_later)
SYNCS = given(rf"on {DAY} the app syncs with the district")
HELD_ACTIVE = given(rf"on {DAY} the app holds {WHO} as active")
IN_CLASS = given(rf"on {DAY} the app has {WHO} (?P<how>in|teaching) {SECTION}")
STANDS = given(
    rf"on {DAY} {WHO} (?:belongs to|belong to|has|have) "
    r"the (?P<what>schools|roles) Clever names"
)
ASKS_FOR_MANY = given(r"an app that asks for more than a usual page at once")
SYNCS_TWICE = given(r"an app that is asked for two syncs at once")
CAN_BE_KILLED = given(r"an app that can be killed")
PAGED = given(r"the app reads the (?P<what>users|sections|courses) in pages")
EVERYONE_HELD = given(rf"everyone the app held on {DAY}")
LESSONS = given(r"the lessons finished during the year")
