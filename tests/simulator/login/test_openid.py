"""Discovery, keys and identity tokens, checked with a library that did not sign them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jwt
import pytest
from simulator import town
from simulator.conftest import Clock
from simulator.visitor import Visitor

from harness.simulator.access.signer import Signer
from harness.simulator.http.message import Request, Response
from harness.simulator.simulator import Simulator

CLIENT = replace(town.CLIENT, openid=True)


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer()


@pytest.fixture
def visitor(clock: Clock, signer: Signer) -> Visitor:
    simulator = Simulator(clients=[CLIENT], now=clock)
    simulator.signer = signer  # one key for all tests: making one is slow
    simulator.publish(town.roster(), at=town.DAY)
    return Visitor(simulator, CLIENT)


def _claims(visitor: Visitor, user: str, role: str = "student", **asked: str) -> dict[str, Any]:
    token = visitor.session(user, role, **asked)["id_token"]
    keys = jwt.PyJWKSet.from_dict(json.loads(visitor.visit("/oauth/certs").body))
    key = keys[jwt.get_unverified_header(token)["kid"]]
    return dict(
        jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=CLIENT.id,
            issuer="https://clever.com",
            options={"verify_exp": False, "verify_iat": False},
        )
    )


def test_an_identity_token_says_who_logged_in(visitor: Visitor, clock: Clock) -> None:
    claims = _claims(visitor, town.OKOYE, "teacher", nonce="n-0S6_WzA2Mj")

    issued = int(clock.seconds)
    assert claims == {
        "iss": "https://clever.com",
        "sub": town.OKOYE,
        "aud": CLIENT.id,
        "iat": issued,
        "exp": issued + 3600,
        "nonce": "n-0S6_WzA2Mj",
        "user_id": town.roster().users[town.OKOYE]["roles"]["teacher"]["legacy_id"],
        "user_type": "teacher",
        "district": town.DISTRICT,
        "multi_role_user_id": town.OKOYE,
        "email": "okoye@example.org",
        "email_verified": False,
        "given_name": "Sam",
        "family_name": "Okoye",
    }


def test_claims_that_are_not_known_are_left_out(visitor: Visitor) -> None:
    claims = _claims(visitor, town.LEO)

    assert "nonce" not in claims
    assert "email" not in claims


def test_only_apps_with_openid_connect_get_one(clever: Simulator) -> None:
    assert "id_token" not in Visitor(clever).session(town.MAYA)


def test_a_token_that_was_changed_does_not_verify(visitor: Visitor) -> None:
    head, _, tail = visitor.session(town.MAYA)["id_token"].split(".")
    other = visitor.session(town.LEO)["id_token"].split(".")[1]
    keys = json.loads(visitor.visit("/oauth/certs").body)["keys"]

    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{head}.{other}.{tail}", jwt.PyJWK(keys[0]), algorithms=["RS256"])


def test_the_key_set_has_no_private_half(visitor: Visitor) -> None:
    keys = json.loads(visitor.visit("/oauth/certs").body)["keys"]

    assert [set(key) for key in keys] == [{"kty", "use", "alg", "kid", "n", "e"}]


def _discovery(clever: Simulator, host: str, scheme: str = "http") -> dict[str, Any]:
    answer: Response = clever.handle(
        Request(
            "GET",
            "/.well-known/openid-configuration",
            "",
            [(b"host", host.encode("latin-1"))] if host else [],
            scheme=scheme,
        )
    )
    assert answer.header("content-type") == "application/json; charset=utf-8"
    found: dict[str, Any] = json.loads(answer.body)
    return found


def test_discovery_under_clevers_own_names_names_them(clever: Simulator) -> None:
    for host in ("clever.com", "CLEVER.com:443", "api.clever.com", ""):
        said = _discovery(clever, host, "https")
        assert said["issuer"] == "https://clever.com"
        assert said["authorization_endpoint"] == "https://clever.com/oauth/authorize"
        assert said["token_endpoint"] == "https://clever.com/oauth/tokens"
        assert said["userinfo_endpoint"] == "https://api.clever.com/userinfo"


@pytest.mark.parametrize("host", ["127.0.0.1:8100", "localhost:1", "[::1]:8100", "clever.test"])
def test_discovery_elsewhere_leads_nobody_to_the_real_clever(clever: Simulator, host: str) -> None:
    said = _discovery(clever, host)

    named = [value for name, value in said.items() if name.endswith(("_endpoint", "_uri"))]
    assert len(named) == 4
    assert all(value.startswith(f"http://{host}/") for value in named)
    assert said["issuer"] == "https://clever.com", "as in the token; Signer(issuer) changes both"


def test_a_host_that_is_none_is_not_repeated(clever: Simulator) -> None:
    assert "evil" not in json.dumps(_discovery(clever, 'x"/evil'))


def test_every_address_of_the_discovery_document_answers(visitor: Visitor) -> None:
    said = _discovery(visitor.simulator, "localhost")

    for name, value in said.items():
        if name.endswith(("_endpoint", "_uri")):
            path = value.removeprefix("http://localhost")
            answer = visitor.simulator.handle(Request("GET", path))
            assert b"Cannot GET" not in answer.body, name


def test_the_issuer_can_be_set_for_libraries_that_compare_it(clock: Clock) -> None:
    simulator = Simulator(clients=[CLIENT], now=clock)
    simulator.signer = Signer("http://localhost:8100")

    assert _discovery(simulator, "localhost:8100")["issuer"] == "http://localhost:8100"
