"""Records as Clever writes them: items, envelopes, links, headers and error bodies.

The shapes follow recorded answers of api.clever.com; where Clever's own description differs (link
relations, the resources envelope), the recordings win.
"""

from __future__ import annotations

import hashlib
import html
import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote

import orjson

from harness.district.data_model.records import Kind, Record, User, roles_of
from harness.simulator.http.delivery import Delivery
from harness.simulator.http.member_order import record_json
from harness.simulator.http.message import Header, Response

Item = bytes
"""A record as it stands inside a list, with its trailing comma."""

Piece = memoryview | bytes
"""Items one behind the other."""

Link = tuple[str, str]
"""Relation and host-relative URI."""

_STATIC: tuple[Header, ...] = (
    (
        b"access-control-allow-headers",
        b"Content-Type,Authorization,X-Requested-With,Accept,Origin,Referer,User-Agent",
    ),
    (b"access-control-allow-methods", b"GET,PATCH,POST,DELETE"),
    (b"access-control-allow-origin", b"*"),
    (b"cache-control", b"no-store"),
    (b"strict-transport-security", b"max-age=15552000; includeSubDomains"),
)
_JSON = (b"content-type", b"application/json; charset=utf-8")
_HTML = (b"content-type", b"text/html; charset=utf-8")
_RESOURCES: tuple[Header, ...] = (
    (b"content-type", b"application/json"),
    (b"access-control-allow-methods", b"GET"),
    (b"access-control-allow-origin", b"*"),
    (b"cache-control", b"no-store"),
    (b"clever-request-id", b"0" * 32),
    (b"strict-transport-security", b"max-age=15552000; includeSubDomains"),
    (b"vary", b"Accept-Encoding"),
)
_DATA_FIRST = frozenset({Kind.DISTRICTS, Kind.SCHOOLS, Kind.TERMS, Kind.COURSES})
_OPENING = b'{"data":'
_LEFT_IN_URLS = "!%&'()*+,/:;=?@[]~"
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
UNAUTHORIZED = "The bearer token is not valid"


def item(version: str, kind: Kind, record: Record) -> Item:
    """A record as it stands in a list: its data, its uri and a trailing comma."""
    uri = orjson.dumps(f"/{version}/{kind}/{record['id']}")
    return b'%s%s,"uri":%s},' % (_OPENING, record_json(kind, record), uri)


@lru_cache
def _closing(version: str, kind: Kind) -> int:
    """The length of what follows a record in its item, without its id."""
    return len(f',"uri":"/{version}/{kind}/"}},')


def record_of(version: str, kind: Kind, identity: str, ready: Item) -> bytes:
    """The record's own JSON, cut out of its item."""
    return ready[len(_OPENING) : -_closing(version, kind) - len(identity)]


def _links_to(path: str, relations: Iterable[str]) -> tuple[Link, ...]:
    return (("self", path), *((relation, f"{path}/{relation}") for relation in relations))


def _relations(kind: Kind, record: Record) -> tuple[str, ...]:
    return _user_relations(cast(User, record)) if kind is Kind.USERS else _RELATIONS[kind]


@lru_cache
def _own_links(version: str, kind: Kind, relations: tuple[str, ...]) -> bytes:
    """The links of any record with these relations; ? stands for its id."""
    return _links(_links_to(f"/{version}/{kind}/?", relations))


def record_body(version: str, kind: Kind, record: Record, ready: bytes) -> bytes:
    """The body of a record read by its own path: its JSON and its links."""
    links = _own_links(version, kind, _relations(kind, record))
    return b'{"data":%s,"links":%s}' % (ready, links.replace(b"?", record["id"].encode()))


_RELATIONS: dict[Kind, tuple[str, ...]] = {
    Kind.DISTRICTS: (),
    Kind.SCHOOLS: ("district", "sections", "users", "terms", "courses"),
    Kind.TERMS: ("district", "sections", "schools"),
    Kind.COURSES: ("district", "sections", "schools"),
    Kind.SECTIONS: ("district", "school", "term", "course", "users"),
}


def _user_relations(user: User) -> tuple[str, ...]:
    roles = roles_of(user)
    mine: tuple[str, ...] = ("myContacts", "myTeachers") if "student" in roles else ()
    if "teacher" in roles:
        mine = (*mine, "myStudents")
    return ("district", "sections", *mine, "schools")


def _links(links: Iterable[Link]) -> bytes:
    return orjson.dumps([{"rel": relation, "uri": uri} for relation, uri in links])


def single_body(record: bytes, links: Iterable[Link]) -> bytes:
    """The body that holds one record."""
    return b'{"data":%s,"links":%s}' % (record, _links(links))


def list_body(
    kind: Kind,
    pieces: Sequence[Piece],
    links: Iterable[Link],
    *,
    collection: bool,
    count: int | None,
) -> bytes:
    """The body of a list; members stand in the order recorded for its kind of path."""
    *full, last = pieces or [b","]
    total = b"" if count is None else b',"count":%d' % count
    if collection and kind in _DATA_FIRST:
        parts = (b'{"data":[', *full, last[:-1], b'],"links":', _links(links), total, b"}")
    else:
        parts = (b'{"links":', _links(links), b',"data":[', *full, last[:-1], b"]", total, b"}")
    return b"".join(parts)


def weak_etag(body: bytes) -> bytes:
    """The weak tag of the Data API: length in hex and MD5, base64 without padding."""
    digest = hashlib.md5(body, usedforsecurity=False).digest()
    return b'W/"%x-%s"' % (len(body), b64encode(digest).rstrip(b"="))


def session_etag(body: bytes) -> bytes:
    """The weak tag of logins and `/me`: length in hex and SHA-1, base64 without padding."""
    digest = hashlib.sha1(body, usedforsecurity=False).digest()
    return b'W/"%x-%s"' % (len(body), b64encode(digest).rstrip(b"="))


def listing_etag(body: bytes) -> bytes:
    """The strong tag of the token listing: a signed CRC-32 in decimal."""
    checksum = zlib.crc32(body)
    return b'"%d"' % (checksum - (1 << 32) if checksum >= 1 << 31 else checksum)


def data_response(
    body: bytes,
    *,
    etag: bytes | None = None,
    records: int = 0,
    delivery: Delivery | None = None,
) -> Response:
    """A successful answer of the API host."""
    return Response(
        200,
        [_JSON, *_STATIC, (b"etag", etag or weak_etag(body))],
        body,
        records=records,
        delivery=delivery,
    )


def event_list_body(pieces: Sequence[Piece], links: Iterable[Link]) -> bytes:
    """The body that holds events."""
    *full, last = pieces or [b","]
    return b"".join((b'{"data":[', *full, last[:-1], b'],"links":', _links(links), b"}"))


def event_response(
    body: bytes,
    request_id: bytes,
    *,
    status: int = 200,
    records: int,
    delivery: Delivery | None = None,
) -> Response:
    """An answer of the events service: no tag, and a request id of its own."""
    headers = [_JSON, *_STATIC, (b"clever-request-id", request_id), (b"vary", b"Accept-Encoding")]
    return Response(status, headers, body, records=records, delivery=delivery, compressible=True)


def empty_resources() -> Response:
    """The answer for any list of resources: none are mapped; it comes from another service."""
    return Response(200, list(_RESOURCES), b'{"resources":[]}')


def error_body(message: str) -> bytes:
    """The body of a JSON error."""
    return orjson.dumps({"message": message})


def error_response(status: int, message: str) -> Response:
    """A JSON error of the API host."""
    body = error_body(message)
    return Response(status, [_JSON, *_STATIC, (b"etag", weak_etag(body))], body)


def too_many_requests() -> Response:
    """A 429: no body at all; the rate headers say the rest."""
    return Response(429, [])


def options_response(methods: Iterable[str], request_id: Header) -> Response:
    """What Express says by itself of a path it knows: to anybody, so that browsers may go on.

    Not recorded; but without it nobody could make use of the recorded headers about origins.
    """
    body = ",".join(methods).encode()
    headers = [_HTML, *_STATIC, (b"allow", body), (b"etag", weak_etag(body)), request_id]
    return Response(200, headers, body)


def cannot_response(method: str, path: str) -> Response:
    """The HTML page for a path that is unknown, or closed to this kind of token.

    Express's own: it names the path without its query, encoded where it was not.
    """
    named = quote(_STRAY_PERCENT.sub("%25", path), _LEFT_IN_URLS, errors="replace")
    sentence = html.escape(f"Cannot {method} {named}").replace("&#x27;", "&#39;")
    body = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n'
        f"</head>\n<body>\n<pre>{sentence}</pre>\n</body>\n</html>\n"
    )
    return Response(404, [_HTML, *_STATIC], body.encode())


def json_body(content: Any) -> bytes:
    """A JSON body outside the Data API."""
    return orjson.dumps(content)
