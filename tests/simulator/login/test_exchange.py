"""A code becomes a person's token: once, within a minute, for the app it was made for."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from dataclasses import replace

import pytest
from simulator import town
from simulator.conftest import Clock
from simulator.visitor import CALLBACK, FORM, JSON, Visitor, basic

from harness.simulator.http.message import Request, Response
from harness.simulator.simulator import Simulator

GRANT = "authorization_code"


@pytest.fixture
def visitor(clever: Simulator) -> Visitor:
    return Visitor(clever)


def _refusal(answer: Response) -> tuple[int, str, str]:
    said = json.loads(answer.body)
    return answer.status, said["error"], said["error_description"]


@pytest.mark.parametrize("kind", [FORM, JSON, f"{JSON}; charset=utf-8", FORM.upper()])
def test_a_code_is_exchanged_by_form_or_json(visitor: Visitor, kind: str) -> None:
    fields = {
        "code": visitor.code(town.MAYA),
        "grant_type": GRANT,
        "redirect_uri": CALLBACK,
    }
    body = json.dumps(fields).encode() if kind.startswith(JSON) else fields

    answer = visitor.exchange(body, kind=kind)

    assert answer.status == 200
    bought = json.loads(answer.body)
    assert list(bought) == ["access_token", "token_type"]
    assert re.fullmatch(r"il[0-9a-f]{38}", bought["access_token"]), "recorded: 40 characters"
    assert bought["token_type"] == "bearer"


def test_the_answer_has_the_headers_of_the_recording(visitor: Visitor) -> None:
    answer = visitor.buy(visitor.code(town.MAYA))

    digest = base64.b64encode(hashlib.sha1(answer.body).digest()).decode().rstrip("=")
    assert [(name.decode(), value.decode()) for name, value in answer.headers] == [
        ("content-type", "application/json; charset=utf-8"),
        ("strict-transport-security", "max-age=15552000; includeSubDomains"),
        ("vary", "X-HTTP-Method-Override, Accept-Encoding"),
        ("etag", f'W/"{len(answer.body):x}-{digest}"'),
    ]


def test_a_code_is_good_once(visitor: Visitor) -> None:
    code = visitor.code(town.MAYA)

    first, second = visitor.buy(code), visitor.buy(code)

    assert first.status == 200
    assert _refusal(second) == (400, "invalid_grant", "invalid code")


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (60, 400), (3600, 400)])
def test_a_code_is_good_for_a_minute(
    visitor: Visitor, clock: Clock, seconds: int, status: int
) -> None:
    code = visitor.code(town.MAYA)
    clock.seconds += seconds

    assert visitor.buy(code).status == status


@pytest.mark.parametrize("wrong", [f"{CALLBACK}/", "", "https://app.example.com/cb"])
def test_the_redirect_uri_must_be_exactly_the_one_that_got_the_code(
    visitor: Visitor, wrong: str
) -> None:
    code = visitor.code(town.MAYA)

    refused = visitor.buy(code, redirect_uri=wrong)
    right = visitor.buy(code)

    assert _refusal(refused)[:2] == (400, "invalid_grant")
    assert right.status == 200, "and the code is not lost by the mistake"


def test_a_code_of_another_app_is_no_code(clock: Clock) -> None:
    other = replace(town.CLIENT, id="app-two", secret="another-secret")
    simulator = Simulator(clients=[town.CLIENT, other], now=clock)
    simulator.publish(town.roster(), at=town.DAY)
    code = Visitor(simulator).code(town.MAYA)

    assert _refusal(Visitor(simulator, other).buy(code)) == (400, "invalid_grant", "invalid code")
    assert Visitor(simulator).buy(code).status == 200


def test_somebody_who_left_before_the_exchange_gets_no_token(visitor: Visitor) -> None:
    code = visitor.code(town.MAYA)
    visitor.simulator.publish(town.without(town.roster(), town.MAYA), at=town.DAY)

    assert _refusal(visitor.buy(code)) == (400, "invalid_grant", "invalid code")


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "text/plain", "", "application/jsonp", "\xff"]
)
def test_other_content_types_are_refused(visitor: Visitor, kind: str) -> None:
    answer = visitor.simulator.handle(
        Request(
            "POST",
            "/oauth/tokens",
            "",
            [(b"content-type", kind.encode("latin-1")), (b"authorization", basic().encode())],
            b"code=x",
        )
    )

    assert _refusal(answer) == (400, "invalid_request", "invalid content-type")


@pytest.mark.parametrize("kind", [FORM, JSON])
def test_credentials_in_the_body_serve_clients_that_put_them_there(
    visitor: Visitor, kind: str
) -> None:
    fields = {
        "code": visitor.code(town.MAYA),
        "grant_type": GRANT,
        "redirect_uri": CALLBACK,
        "client_id": town.CLIENT.id,
        "client_secret": town.CLIENT.secret,
    }

    assert visitor.exchange(fields, kind=kind, authorization="").status == 200


@pytest.mark.parametrize(
    "authorization",
    ["Basic", "Basic !!!", "Basic YTpi", basic(secret="wrong"), "Bearer x", "Basic YXBwLW9uZTo="],
)
def test_an_app_that_is_not_itself_is_refused(visitor: Visitor, authorization: str) -> None:
    fields = {
        "code": visitor.code(town.MAYA),
        "grant_type": GRANT,
        "redirect_uri": CALLBACK,
        "client_id": town.CLIENT.id,
        "client_secret": town.CLIENT.secret,
    }

    answer = visitor.exchange(fields, authorization=authorization)

    assert _refusal(answer)[:2] == (401, "invalid_client")


@pytest.mark.parametrize("secret", ["", "wrong", "\ud800"])
def test_a_wrong_secret_in_the_body_is_refused(visitor: Visitor, secret: str) -> None:
    body = json.dumps({"client_id": "app-one", "client_secret": secret}).encode()

    answer = visitor.exchange(body, kind=JSON, authorization="")

    assert _refusal(answer)[:2] == (401, "invalid_client")


@pytest.mark.parametrize("grant", ["", "password", "client_credentials", "refresh_token"])
def test_only_codes_buy_tokens(visitor: Visitor, grant: str) -> None:
    answer = visitor.buy(visitor.code(town.MAYA), grant_type=grant)

    assert _refusal(answer)[:2] == (400, "unsupported_grant_type")


@pytest.mark.parametrize(
    "code", ["", "nope", "x" * 10_000, "' or 1=1", "null", "\x00", "\u2028", "fake_code_123"]
)
def test_a_code_that_never_was_is_an_invalid_code(visitor: Visitor, code: str) -> None:
    assert _refusal(visitor.buy(code)) == (400, "invalid_grant", "invalid code")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (JSON, b""), (JSON, b"[]"), (JSON, b"{"), (JSON, b"\xff"), (JSON, b"nul"),
        (JSON, b"[" * 100_000), (JSON, b'"code"'), (JSON, b"9" * 5000),
        (FORM, b"\xff=\xfe"), (FORM, b"code=%ff"), (FORM, b"a=1&" * 60), (FORM, b"code=a&code=b"),
    ],
)  # fmt: skip
def test_a_body_that_says_nothing_is_refused(visitor: Visitor, kind: str, body: bytes) -> None:
    answer = visitor.exchange(body, kind=kind)

    assert _refusal(answer) == (400, "invalid_request", "invalid body")
    assert visitor.simulator.crashes == []


@pytest.mark.parametrize("value", [None, 7, [], {}, True])
def test_a_code_of_another_type_is_an_invalid_code(visitor: Visitor, value: object) -> None:
    body = {"code": value, "grant_type": GRANT, "redirect_uri": CALLBACK}

    answer = visitor.exchange(json.dumps(body).encode(), kind=JSON)

    assert _refusal(answer) == (400, "invalid_grant", "invalid code")


def test_no_rate_limit_counts_at_the_token_endpoint(visitor: Visitor) -> None:
    answers = [visitor.buy("nope") for _ in range(1300)]

    assert {answer.status for answer in answers} == {400}
    assert not any(answer.header("x-ratelimit-limit") for answer in answers)


def test_two_thousand_odd_requests_break_nothing(visitor: Visitor) -> None:
    dice = random.Random(20260901)
    words = ["code", "grant_type", GRANT, "redirect_uri", CALLBACK, "client_id", "app-one", "&",
             "=", "{", "}", '"', ":", "%", "%ff", "\x00", "é", ",", "null", "[", "]"]  # fmt: skip
    for number in range(2000):
        raw = "".join(dice.choices(words, k=dice.randrange(0, 30))).encode()
        path, kind = dice.choice(["/oauth/tokens", "/_login"]), dice.choice([FORM, JSON])
        headers = [(b"content-type", kind.encode()), (b"authorization", basic().encode())]
        answer = visitor.simulator.handle(Request("POST", path, "", headers, raw))
        assert answer.status in (200, 400, 401), (number, raw, answer.status)
        got = visitor.simulator.handle(Request("GET", "/oauth/authorize", raw.decode("latin-1")))
        assert got.status in (302, 400), (number, raw, got.status)

    assert visitor.simulator.crashes == []
