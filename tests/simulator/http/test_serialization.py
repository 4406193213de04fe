"""What an answer looks like: members and their order, links and their order, headers.

The expectations are the rules that recorded answers of api.clever.com follow.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib

import pytest
from simulator.town import (
    ADMIN,
    ART,
    ART_1,
    AUNT,
    CLIENT,
    DISTRICT,
    ELM,
    FALL,
    MAYA,
    OKOYE,
    PARK,
    Caller,
)

from harness.simulator.http.message import Response

ON_EVERY_ANSWER = {
    "access-control-allow-origin": "*",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=15552000; includeSubDomains",
    "x-ratelimit-bucket": "bearer",
    "x-ratelimit-limit": "1200",
}
OF_THE_DATA_SERVICE = {
    "access-control-allow-headers": (
        "Content-Type,Authorization,X-Requested-With,Accept,Origin,Referer,User-Agent"
    ),
    "access-control-allow-methods": "GET,PATCH,POST,DELETE",
}
VARYING = {"x-ratelimit-remaining", "x-ratelimit-reset", "x-request-id", "content-type"}


def _headers(answer: Response) -> dict[str, str]:
    found = {name.decode(): value.decode() for name, value in answer.headers}
    assert len(found) == len(answer.headers), "a header is given twice"
    return found


@pytest.mark.parametrize(
    ("path", "relations"),
    [
        (f"districts/{DISTRICT}", []),
        (f"schools/{ELM}", ["district", "sections", "users", "terms", "courses"]),
        (f"terms/{FALL}", ["district", "sections", "schools"]),
        (f"courses/{ART}", ["district", "sections", "schools"]),
        (f"sections/{ART_1}", ["district", "school", "term", "course", "users"]),
        (f"users/{MAYA}", ["district", "sections", "myContacts", "myTeachers", "schools"]),
        (f"users/{OKOYE}", ["district", "sections", "myStudents", "schools"]),
        (f"users/{PARK}", ["district", "sections", "myStudents", "schools"]),
        (f"users/{AUNT}", ["district", "sections", "schools"]),
        (f"users/{ADMIN}", ["district", "sections", "schools"]),
    ],
)
def test_a_record_links_to_itself_and_to_its_relations(
    app: Caller, path: str, relations: list[str]
) -> None:
    body = json.loads(app.get(f"/v3.0/{path}").body)

    assert list(body) == ["data", "links"]
    assert body["links"] == [
        {"rel": "self", "uri": f"/v3.0/{path}"},
        *({"rel": one, "uri": f"/v3.0/{path}/{one}"} for one in relations),
    ]


def test_every_link_of_every_record_leads_somewhere(app: Caller) -> None:
    for kind in ("districts", "schools", "terms", "courses", "users"):
        for one in json.loads(app.get(f"/v3.1/{kind}").body)["data"]:
            for link in json.loads(app.get(one["uri"]).body)["links"]:
                assert app.get(link["uri"]).status == 200, link


@pytest.mark.parametrize(
    ("path", "members"),
    [
        ("districts", ["data", "links"]),
        ("schools", ["data", "links"]),
        ("terms", ["data", "links"]),
        ("courses?limit=1", ["data", "links"]),
        ("users", ["links", "data"]),
        ("sections?limit=1", ["links", "data"]),
        (f"courses/{ART}/schools", ["links", "data"]),
        (f"users/{MAYA}/schools", ["links", "data"]),
        (f"sections/{ART_1}/users", ["links", "data"]),
        (f"users/{OKOYE}/mycontacts", ["links", "data"]),
    ],
)
def test_the_members_of_a_list_stand_in_the_recorded_order(
    app: Caller, path: str, members: list[str]
) -> None:
    body = json.loads(app.get(f"/v3.0/{path}").body)

    assert list(body) == members
    assert all(list(one) == ["data", "uri"] for one in body["data"])
    assert all(list(link) == ["rel", "uri"] for link in body["links"])


def test_links_of_a_page_are_self_prev_next(app: Caller) -> None:
    body = json.loads(app.get(f"/v3.0/users?limit=2&starting_after={MAYA}").body)

    assert [link["rel"] for link in body["links"]] == ["self", "prev", "next"]


def test_self_repeats_the_query_as_it_came(app: Caller) -> None:
    query = 'count=5&x=%22a%22&limit=3&"'

    body = json.loads(app.get(f"/v3.0/schools?{query}").body)

    assert body["links"][0]["uri"] == f"/v3.0/schools?{query}"


def test_a_body_is_compact_json_with_characters_as_they_are(app: Caller) -> None:
    raw = app.get("/v3.0/users?role=contact").body

    assert json.dumps(json.loads(raw), separators=(",", ":"), ensure_ascii=False).encode() == raw


@pytest.mark.parametrize("path", ["users", f"users/{MAYA}", "users/nobody", "users?limit=0"])
def test_json_answers_carry_the_header_set_of_the_data_service(app: Caller, path: str) -> None:
    answer = app.get(f"/v3.1/{path}")
    headers = _headers(answer)

    expected = ON_EVERY_ANSWER | OF_THE_DATA_SERVICE
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert {name: headers[name] for name in expected} == expected
    assert headers.keys() == expected.keys() | VARYING | {"etag"}


def test_the_etag_is_the_length_in_hex_and_an_md5(app: Caller) -> None:
    for path in ("users", f"users/{MAYA}", "users?limit=2", "users"):
        answer = app.get(f"/v3.1/{path}")
        digest = base64.b64encode(hashlib.md5(answer.body).digest()).decode().rstrip("=")
        assert answer.header("etag") == f'W/"{len(answer.body):x}-{digest}"'


def test_the_html_page_has_no_etag(app: Caller) -> None:
    headers = _headers(app.get("/v3.0/teachers"))

    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers.keys() == (ON_EVERY_ANSWER.keys() | OF_THE_DATA_SERVICE.keys() | VARYING)


def test_resources_come_from_a_service_with_headers_of_its_own(app: Caller) -> None:
    headers = _headers(app.get("/v3.0/resources"))

    assert headers["content-type"] == "application/json"
    assert headers["access-control-allow-methods"] == "GET"
    assert headers["vary"] == "Accept-Encoding"
    assert re.fullmatch(r"[0-9a-f]{32}", headers["clever-request-id"])
    assert headers.keys() == (
        ON_EVERY_ANSWER.keys()
        | VARYING
        | {"access-control-allow-methods", "clever-request-id", "vary"}
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [("events", 200), ("events/nobody", 404), ("events?limit=0", 400), ("events?limit=10001", 413)],
)
def test_all_that_the_events_service_says_has_its_headers(
    app: Caller, path: str, status: int
) -> None:
    answer = app.get(f"/v3.1/{path}")
    headers = _headers(answer)

    assert answer.status == status
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["vary"] == "Accept-Encoding"
    assert re.fullmatch(r"[0-9a-f]{32}", headers["clever-request-id"])
    assert headers.keys() == (
        ON_EVERY_ANSWER.keys()
        | OF_THE_DATA_SERVICE.keys()
        | VARYING
        | {"clever-request-id", "vary"}
    )


def test_request_ids_are_uuids_and_differ(app: Caller) -> None:
    seen = [app.get("/v3.0/schools").header("x-request-id") for _ in range(50)]

    assert len(set(seen)) == 50
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-9[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one)
        for one in seen
    )
    assert {one[19] for one in seen} == set("89ab")


def test_the_token_listing_has_no_rate_limit_and_a_tag_of_its_own(app: Caller) -> None:
    basic = base64.b64encode(f"{CLIENT.id}:{CLIENT.secret}".encode()).decode()

    answer = app.get("/oauth/tokens?owner_type=district", authorization=f"Basic {basic}")
    headers = _headers(answer)

    checksum = zlib.crc32(answer.body)
    signed = checksum - 2**32 if checksum >= 2**31 else checksum
    assert headers.keys() == {"content-type", "etag", "x-request-id"}
    assert headers["etag"] == f'"{signed}"'


def test_tokeninfo_has_the_tag_of_a_session(app: Caller) -> None:
    answer = app.get("/oauth/tokeninfo")

    digest = base64.b64encode(hashlib.sha1(answer.body).digest()).decode().rstrip("=")
    assert answer.header("etag") == f'W/"{len(answer.body):x}-{digest}"'
    assert answer.header("vary") == "Origin, Accept-Encoding"
    assert _headers(answer).keys() == {
        "content-type",
        "etag",
        "strict-transport-security",
        "vary",
    }
