"""Resources (content an app maps to classes): none are mapped, so every list is empty.

They come from a service of their own, with its own headers and envelope: no links, no data key.
"""

from __future__ import annotations

from harness.district.data_model.records import Kind
from harness.simulator.data.api import CLASS_ROLES, find_record
from harness.simulator.http import serialization
from harness.simulator.http.message import HttpError, Response
from harness.simulator.roster import paging
from harness.simulator.routing.call import Endpoint, EndpointCall
from harness.simulator.routing.routes import Route


def _empty(call: EndpointCall) -> Response:
    paging.check(paging.Query(call.request.query))
    return serialization.empty_resources()


def _of(kind: Kind) -> Endpoint:
    def endpoint(call: EndpointCall) -> Response:
        find_record(call, kind)
        return _empty(call)

    return endpoint


def _unknown(call: EndpointCall) -> Response:
    paging.Query(call.request.query).one_of("role", CLASS_ROLES)
    raise HttpError(404, "Resource not found")


ROUTES = (
    Route(path="/{version}/resources", endpoint=_empty),
    *(
        Route(path=f"/{{version}}/{kind}/{{id}}/resources", endpoint=_of(kind))
        for kind in (Kind.COURSES, Kind.SECTIONS, Kind.USERS)
    ),
    *(
        Route(path=f"/{{version}}/resources/{{id}}{rest}", endpoint=_unknown)
        for rest in ("", "/courses", "/sections", "/users")
    ),
)
