"""The world over the control API: its days, its traffic, its faults, and all of it at a glance."""

from __future__ import annotations

import json
from dataclasses import fields

from harness.resources import SCHEMAS
from harness.simulator.control.body import ControlError, body_of, number_of, query_of
from harness.simulator.control.context import ControlContext, Endpoints, JsonObject
from harness.simulator.control.districts import district
from harness.simulator.control.faults import check_districts, fault_as_json, read_fault
from harness.simulator.control.logins import app, signed_in
from harness.simulator.http.message import Request
from harness.simulator.http.traffic import Exchange

_MOST = 1000
"""Exchanges in one answer."""
_EXCHANGE_FIELDS = tuple(field.name for field in fields(Exchange) if field.name != "delivery")


def _state(context: ControlContext, request: Request) -> JsonObject:
    query_of(request, ())
    return {
        "url": context.url(),
        "app": app(context),
        "days": _days(context),
        "districts": [district(context, identity) for identity in context.simulator.districts],
        "faults": [fault_as_json(fault) for fault in context.simulator.faults],
        "signed_in": signed_in(context),
        "traffic": context.simulator.traffic.mark(),
    }


def _days(context: ControlContext) -> JsonObject:
    names, today = context.year.days, context.year.today
    place = names.index(today)
    return {
        "today": today,
        "days": [{"name": name, "played": at <= place} for at, name in enumerate(names)],
    }


def _show_days(context: ControlContext, request: Request) -> JsonObject:
    query_of(request, ())
    return _days(context)


def _move(context: ControlContext, request: Request) -> JsonObject:
    with body_of(request) as body:
        wanted = body.text("move_to", "", empty=True)
    names, today = context.year.days, context.year.today
    if wanted and wanted not in names:
        raise ControlError(404, f"There is no day {wanted}.", f"The days are {', '.join(names)}.")
    place = names.index(wanted) if wanted else names.index(today) + 1
    if place >= len(names):
        raise ControlError(409, f"{today} is the last day.", "Start again to play the year again.")
    if place <= names.index(today):
        raise ControlError(
            409, f"{wanted} is over: it is {today}.", "Days are played forwards only."
        )
    context.year.move_to(names[place])
    return _days(context)


def _traffic(context: ControlContext, request: Request) -> JsonObject:
    query = query_of(request, ("since", "limit"))
    log = context.simulator.traffic
    since, limit = number_of(query, "since", 0, 10**9), number_of(query, "limit", 100, _MOST)
    exchanges = log.since(since)[:limit]
    mark = exchanges[-1].seq + 1 if exchanges else log.mark()
    return {
        "mark": mark,
        "more": mark < log.mark(),
        "exchanges": [_exchange_as_json(exchange) for exchange in exchanges],
    }


def _exchange_as_json(exchange: Exchange) -> JsonObject:
    """An exchange without the ids of its records: those take looking up, and are many."""
    return {name: getattr(exchange, name) for name in _EXCHANGE_FIELDS}


def _show_faults(context: ControlContext, request: Request) -> JsonObject:
    query_of(request, ())
    return {"faults": [fault_as_json(fault) for fault in context.simulator.faults]}


def _set_faults(context: ControlContext, request: Request) -> JsonObject:
    with body_of(request) as body:
        faults = tuple(read_fault(node) for node in body.nodes("faults"))
    check_districts(faults, context.simulator.districts)
    context.simulator.faults.set(*faults)
    return {"faults": [fault_as_json(fault) for fault in faults]}


def _clear_faults(context: ControlContext, request: Request) -> JsonObject:
    body_of(request).finish()
    context.simulator.faults.clear()
    return {"faults": []}


def _new_budgets(context: ControlContext, request: Request) -> JsonObject:
    body_of(request).finish()
    context.simulator.reset_rate_limits()
    return {}


def _openapi(_context: ControlContext, _request: Request) -> object:
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
