"""The world over the control API: its days, its traffic, its faults, and all of it at a glance."""

from __future__ import annotations

import json
from dataclasses import asdict

from harness.resources import SCHEMAS
from harness.simulator.control.body import Refused, body_of, number_of, query_of
from harness.simulator.control.context import Desk, Endpoints, Said
from harness.simulator.control.districts import district
from harness.simulator.control.faults import check_districts, read_fault, said_of
from harness.simulator.control.logins import app, signed_in
from harness.simulator.http.message import Request

_MOST = 1000
"""Exchanges in one answer."""


def _state(desk: Desk, request: Request) -> Said:
    query_of(request, ())
    return {
        "url": desk.url(),
        "app": app(desk),
        "days": _days(desk),
        "districts": [district(desk, one) for one in desk.simulator.districts],
        "faults": [said_of(fault) for fault in desk.simulator.faults],
        "signed_in": signed_in(desk),
        "traffic": desk.simulator.traffic.mark(),
    }


def _days(desk: Desk) -> Said:
    names, today = desk.year.days, desk.year.today
    place = names.index(today)
    return {
        "today": today,
        "days": [{"name": name, "played": at <= place} for at, name in enumerate(names)],
    }


def _show_days(desk: Desk, request: Request) -> Said:
    query_of(request, ())
    return _days(desk)


def _move(desk: Desk, request: Request) -> Said:
    with body_of(request) as body:
        wanted = body.text("move_to", "", empty=True)
    names, today = desk.year.days, desk.year.today
    if wanted and wanted not in names:
        raise Refused(404, f"There is no day {wanted}.", f"The days are {', '.join(names)}.")
    place = names.index(wanted) if wanted else names.index(today) + 1
    if place >= len(names):
        raise Refused(409, f"{today} is the last day.", "Start again to play the year again.")
    if place <= names.index(today):
        raise Refused(409, f"{wanted} is over: it is {today}.", "Days are played forwards only.")
    desk.year.move_to(names[place])
    return _days(desk)


def _traffic(desk: Desk, request: Request) -> Said:
    query = query_of(request, ("since", "limit"))
    log = desk.simulator.traffic
    since, limit = number_of(query, "since", 0, 10**9), number_of(query, "limit", 100, _MOST)
    exchanges = log.since(since)[:limit]
    return {
        "mark": min(since + len(exchanges), log.mark()) if exchanges else log.mark(),
        "more": since + len(exchanges) < log.mark(),
        "exchanges": [asdict(exchange) for exchange in exchanges],
    }


def _show_faults(desk: Desk, request: Request) -> Said:
    query_of(request, ())
    return {"faults": [said_of(fault) for fault in desk.simulator.faults]}


def _set_faults(desk: Desk, request: Request) -> Said:
    with body_of(request) as body:
        found = tuple(read_fault(node) for node in body.nodes("faults"))
    check_districts(found, desk.simulator.districts)
    desk.simulator.faults.set(*found)
    return {"faults": [said_of(fault) for fault in found]}


def _clear_faults(desk: Desk, request: Request) -> Said:
    body_of(request).finish()
    desk.simulator.faults.clear()
    return {"faults": []}


def _new_budgets(desk: Desk, request: Request) -> Said:
    body_of(request).finish()
    desk.simulator.new_window()
    return {}


def _openapi(_desk: Desk, _request: Request) -> object:
    return json.loads((SCHEMAS / "control.openapi.json").read_bytes())


ENDPOINTS: Endpoints = {
    ("GET", "/openapi.json"): _openapi,
    ("GET", "/state"): _state,
    ("GET", "/days"): _show_days,
    ("POST", "/days"): _move,
    ("GET", "/traffic"): _traffic,
    ("GET", "/faults"): _show_faults,
    ("PUT", "/faults"): _set_faults,
    ("DELETE", "/faults"): _clear_faults,
    ("POST", "/request-budgets"): _new_budgets,
}
