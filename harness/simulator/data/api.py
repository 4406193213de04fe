"""The Data API: lists, single records and every relation path of v3.0 and v3.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import cast

from harness.district.data_model.records import Kind, Record, Section, User
from harness.simulator.http import serialization
from harness.simulator.http.delivery import Delivery
from harness.simulator.http.message import HttpError, Response
from harness.simulator.http.serialization import Piece
from harness.simulator.roster import paging
from harness.simulator.roster.page_store import Listing
from harness.simulator.roster.relations import Relations, schools_named
from harness.simulator.roster.rendering import RenderedRoster
from harness.simulator.routing.call import Endpoint, EndpointCall
from harness.simulator.routing.routes import Route

RelatedIds = Callable[[Relations, Record, str, bool], Iterable[str]]
"""The ids on the far side of a relation: of a record, for a role (or ""), primary or not."""

_PRIMARY = ("", "true")
_EVERY_ROLE = ("contact", "district_admin", "staff", "student", "teacher")
_SCHOOL_ROLES = ("staff", "student", "teacher")
CLASS_ROLES = ("student", "teacher")
_DATE_OF_TERM = re.compile(rb'("(?:start|end)_date":"[0-9]{4}-[0-9]{2}-[0-9]{2})(?=")')


def visible_to_caller(call: EndpointCall) -> tuple[Relations, RenderedRoster]:
    """What the caller may see."""
    assert call.publication is not None
    assert call.token is not None
    visible_to = call.publication.visible_to(call.token.scopes)
    return visible_to.relations, visible_to.rendered(call.version)


def find_record(call: EndpointCall, kind: Kind) -> tuple[Record, bytes]:
    """The record the path names, as seen by the caller, with its JSON; a 404 when there is none."""
    _, rendered = visible_to_caller(call)
    record = rendered.record(kind, call.id)
    if record is None:
        raise HttpError(404, "Resource not found")
    return record


def list_response(
    call: EndpointCall,
    kind: Kind,
    listing: Listing,
    query: paging.Query,
    *,
    collection: bool = False,
    written: Callable[[Piece], Piece] = lambda piece: piece,
) -> Response:
    """A page of a listing; `written` is how its records are, where it is not as elsewhere."""
    request = call.request
    page = paging.cut(listing, query, call.most_records)
    body = serialization.list_body(
        kind,
        [written(piece) for piece in listing.pieces(page.start, page.stop)],
        paging.links(page, listing, request.path, request.query, query.parts),
        collection=collection,
        count=page.total if query.parts and _counts(query) else None,
    )
    _, rendered = visible_to_caller(call)
    return serialization.data_response(
        body,
        etag=rendered.etag(request.target, body),
        records=page.stop - page.start,
        delivery=Delivery(listing.ids, page.start, page.stop, page.total),
    )


def _counts(query: paging.Query) -> bool:
    return "count" in query and query.get("count") == "true"


def record_response(call: EndpointCall, kind: Kind, identity: str) -> Response:
    """A record by its own path, with its links."""
    _, rendered = visible_to_caller(call)
    ready = rendered.single(kind, identity)
    if ready is None:
        raise HttpError(404, "Resource not found")
    body, etag = ready
    return serialization.data_response(
        body, etag=etag, records=1, delivery=Delivery.of_one(identity)
    )


def _collection(kind: Kind) -> Endpoint:
    def endpoint(call: EndpointCall) -> Response:
        query = paging.Query(call.request.query)
        relations, rendered = visible_to_caller(call)
        listing: Listing = rendered.store(kind)
        role = query.one_of("role", _EVERY_ROLE) if kind is Kind.USERS else ""
        if role:
            listing = rendered.selection(kind, role, lambda: relations.by_role.get(role, ()))
        return list_response(call, kind, listing, query, collection=True)

    return endpoint


def _record(kind: Kind) -> Endpoint:
    return lambda call: record_response(call, kind, call.id)


def _to_one(kind: Kind, target: Kind, name: Callable[[Record], str]) -> Endpoint:
    """A singleton relation: the target with one link, to its own path."""

    def endpoint(call: EndpointCall) -> Response:
        record, _ = find_record(call, kind)
        identity = name(record)
        related = visible_to_caller(call)[1].record(target, identity)
        if related is None:
            raise HttpError(404, "Resource not found")
        canonical = f"/{call.version}/{target}/{identity}"
        return serialization.data_response(
            serialization.single_body(related[1], [("self", canonical)]),
            records=1,
            delivery=Delivery.of_one(identity),
        )

    return endpoint


def _to_many(
    kind: Kind,
    target: Kind,
    members: RelatedIds,
    *,
    roles: tuple[str, ...] = (),
    primary: bool = False,
    written: Callable[[Piece], Piece] = lambda piece: piece,
) -> Endpoint:
    """A relation with many records on its far side; `roles` and `primary` may narrow it."""

    def endpoint(call: EndpointCall) -> Response:
        record, _ = find_record(call, kind)
        query = paging.Query(call.request.query)
        role = query.one_of("role", roles) if roles else ""
        first = bool(primary and query.one_of("primary", _PRIMARY))
        relations, rendered = visible_to_caller(call)
        key = (members, record["id"], role, first)
        listing = rendered.selection(target, key, lambda: members(relations, record, role, first))
        return list_response(call, target, listing, query, written=written)

    return endpoint


def _district(record: Record) -> str:
    return str(record["district"])  # type: ignore[typeddict-item]


def _named(key: str) -> Callable[[Record], str]:
    return lambda record: str(cast(dict[str, object], record).get(key) or "")


def _sections(kind: Kind) -> RelatedIds:
    return lambda relations, record, _role, _primary: (
        section["id"] for section in relations.sections(kind, record["id"])
    )


def _named_by_sections(kind: Kind, key: str) -> RelatedIds:
    """What the record's sections name: a school's terms, a course's schools."""
    return lambda relations, record, _role, _primary: relations.named(kind, record["id"], key)


def _people(relations: Relations, record: Record, role: str, primary: bool) -> Iterable[str]:
    return relations.of_school(record["id"], role, primary)


def _class(relations: Relations, record: Record, role: str, _primary: bool) -> Iterable[str]:
    return relations.members_of(cast(Section, record), role)


def _schools(_relations: Relations, record: Record, _role: str, primary: bool) -> Iterable[str]:
    return schools_named(cast(User, record), primary)


def _my_contacts(relations: Relations, record: Record, _r: str, _p: bool) -> Iterable[str]:
    return relations.contacts.get(record["id"], ())


def _my_students(relations: Relations, record: Record, _r: str, _p: bool) -> Iterable[str]:
    return relations.students_of(cast(User, record))


def _my_teachers(relations: Relations, record: Record, _r: str, _p: bool) -> Iterable[str]:
    return relations.teachers_of(record["id"])


def _with_moments(piece: Piece) -> Piece:
    """A school's terms: their dates were recorded as midnights, and as days in any other list."""
    return _DATE_OF_TERM.sub(rb"\1T00:00:00.000Z", piece)


def _routes() -> dict[str, Endpoint]:
    schools, terms, courses, sections, users = (
        Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS, Kind.USERS,
    )  # fmt: skip
    endpoints: dict[str, Endpoint] = {}
    for kind in Kind:
        endpoints[f"{kind}"] = _collection(kind)
        endpoints[f"{kind}/{{id}}"] = _record(kind)
        if kind is not Kind.DISTRICTS:
            endpoints[f"{kind}/{{id}}/district"] = _to_one(kind, Kind.DISTRICTS, _district)
    for kind in (schools, terms, courses, users):
        endpoints[f"{kind}/{{id}}/sections"] = _to_many(kind, sections, _sections(kind))
    for kind in (terms, courses):
        endpoints[f"{kind}/{{id}}/schools"] = _to_many(
            kind, schools, _named_by_sections(kind, "school")
        )
    endpoints["schools/{id}/courses"] = _to_many(
        schools, courses, _named_by_sections(schools, "course")
    )
    endpoints["schools/{id}/terms"] = _to_many(
        schools, terms, _named_by_sections(schools, "term_id"), written=_with_moments
    )
    endpoints["schools/{id}/users"] = _to_many(
        schools, users, _people, roles=_SCHOOL_ROLES, primary=True
    )
    endpoints["sections/{id}/course"] = _to_one(sections, courses, _named("course"))
    endpoints["sections/{id}/term"] = _to_one(sections, terms, _named("term_id"))
    endpoints["sections/{id}/school"] = _to_one(sections, schools, _named("school"))
    endpoints["sections/{id}/users"] = _to_many(sections, users, _class, roles=CLASS_ROLES)
    endpoints["users/{id}/schools"] = _to_many(users, schools, _schools, primary=True)
    endpoints["users/{id}/mycontacts"] = _to_many(users, users, _my_contacts)
    endpoints["users/{id}/mystudents"] = _to_many(users, users, _my_students)
    endpoints["users/{id}/myteachers"] = _to_many(users, users, _my_teachers)
    return endpoints


ROUTES = tuple(
    Route(
        path=f"/{{version}}/{path}",
        endpoint=endpoint,
        secure_sync=not path.startswith(Kind.DISTRICTS),
    )
    for path, endpoint in _routes().items()
)
