"""Real clients log in: their code, addresses and all, is what its authors published.

Clever's host names lead to this machine, by name resolution alone, over TLS they trust.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import jwt
import pytest
from simulator import town
from simulator.django_site import ALLAUTH_CALLBACK, SOCIAL_CALLBACK, set_up
from simulator.resolved import lead_here
from simulator.serving.test_tls import NOW

from harness.simulator.access.logins import SignIn
from harness.simulator.login.authorize import start_from_portal
from harness.simulator.serving.server import Server
from harness.simulator.serving.tls import Certificates, issue_certificates
from harness.simulator.simulator import Simulator

# What these clients import is their own affair.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

OPENID_CALLBACK = "https://app.example.com/openid"
APP = replace(
    town.CLIENT, openid=True, redirect_uris=(ALLAUTH_CALLBACK, SOCIAL_CALLBACK, OPENID_CALLBACK)
)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue_certificates(tmp_path_factory.mktemp("authority"), now=NOW)


@pytest.fixture
def live(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """A Clever that answers at https://clever.com and https://api.clever.com."""
    simulator = Simulator(clients=[APP])
    simulator.publish(town.roster(), at=town.DAY)
    with Server(simulator, tls=certificates) as server:
        lead_here(monkeypatch, server.url)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates.authority))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        yield simulator
    assert simulator.crashes == []


@pytest.fixture
def browser() -> Iterator[Any]:
    """Somebody at the Django site, before they log in."""
    set_up(APP.id, APP.secret)
    from django.contrib.auth.models import User
    from django.test import Client

    yield Client()
    User.objects.all().delete()


def _through_clever(simulator: Simulator, browser: Any, start: str, user: str, role: str) -> Any:
    """From the site's login link, by way of Clever, back to the site."""
    simulator.logins.signed_in = SignIn(user=user, role=role)
    away = browser.post(start)
    assert away.status_code == 302
    assert away["location"].startswith("https://clever.com/oauth/authorize?")
    back = httpx.get(away["location"])
    assert back.status_code == 302, back.text
    return browser.get(back.headers["location"])


def _logged_in(browser: Any) -> Any:
    from django.contrib.auth import get_user

    return get_user(browser)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("user", "role", "named"),
    [
        (town.MAYA, "student", ("Maya", "Tester", "maya@example.com")),
        (town.OKOYE, "teacher", ("Sam", "Okoye", "okoye@example.org")),
        (town.PARK, "staff", ("Sam", "Park", "park@example.org")),
        (town.ADMIN, "district_admin", ("Kim", "Admin", "admin@example.org")),
    ],
)
def test_django_allauth_logs_everybody_in(
    live: Simulator, browser: Any, user: str, role: str, named: tuple[str, str, str]
) -> None:
    from allauth.socialaccount.models import SocialAccount

    answer = _through_clever(live, browser, "/accounts/clever/login/", user, role)

    found = _logged_in(browser)
    assert (answer.status_code, answer["location"]) == (302, "/")
    assert (found.first_name, found.last_name, found.email) == named
    account = SocialAccount.objects.get(user=found)
    assert account.uid == user
    assert account.extra_data["data"]["roles"]


def test_django_allauth_knows_somebody_again(live: Simulator, browser: Any) -> None:
    from django.contrib.auth.models import User

    for _ in range(2):
        _through_clever(live, browser, "/accounts/clever/login/", town.MAYA, "student")
        browser.logout()

    assert User.objects.count() == 1


def test_django_allauth_logs_in_somebody_without_an_address(live: Simulator, browser: Any) -> None:
    _through_clever(live, browser, "/accounts/clever/login/", town.LEO, "student")

    assert (_logged_in(browser).first_name, _logged_in(browser).email) == ("Leo", "")


def test_django_allauth_does_not_know_logins_that_clever_starts(
    live: Simulator, browser: Any
) -> None:
    """Its own limit: without the state it sent itself, allauth shows an error and no way on.

    Clever asks apps to start anew with a state of their own, so a site on allauth has to add that.
    """
    callback = start_from_portal(live, APP, SignIn(user=town.MAYA))

    answer = browser.get(callback)

    assert b"Third-Party Login Failure" in answer.content
    assert not _logged_in(browser).is_authenticated


def test_django_allauth_shows_its_error_page_for_a_code_that_is_spent(
    live: Simulator, browser: Any
) -> None:
    live.logins.signed_in = SignIn(user=town.MAYA)
    away = browser.get("/accounts/clever/login/")
    state = httpx.URL(away["location"]).params["state"]

    answer = browser.get(f"{ALLAUTH_CALLBACK}?code=fake_code_123&state={state}")

    assert b"Third-Party Login Failure" in answer.content
    assert not _logged_in(browser).is_authenticated


@pytest.mark.parametrize(
    ("user", "role", "named"),
    [
        (town.MAYA, "student", ("maya", "Maya", "maya@example.com")),
        (town.OKOYE, "teacher", ("okoye", "Sam", "okoye@example.org")),
        (town.ADMIN, "district_admin", ("admin", "Kim", "admin@example.org")),
    ],
)
def test_social_auth_logs_everybody_in(
    live: Simulator, browser: Any, user: str, role: str, named: tuple[str, str, str]
) -> None:
    answer = _through_clever(live, browser, "/social/login/clever/", user, role)

    found = _logged_in(browser)
    assert answer.status_code == 302, answer.content
    assert (found.username, found.first_name, found.email) == named
    assert found.social_auth.get().uid == user


def test_social_auth_cannot_log_in_somebody_whose_record_has_no_email_key(
    live: Simulator, browser: Any
) -> None:
    """Its own defect: get_user_details splits the address even when the user name is there.

    Clever guarantees no address; social-auth-core 7.0.0 fails on None at that line.
    """
    roster = town.roster()
    bare = {key: said for key, said in roster.users[town.LEO].items() if key != "email"}
    users = {**roster.users, town.LEO: bare}
    live.publish(replace(roster, users=users), at=town.DAY)  # type: ignore[arg-type]

    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'split'"):
        _through_clever(live, browser, "/social/login/clever/", town.LEO, "student")


def test_authlib_logs_in_by_discovery_and_gets_an_identity_token(live: Simulator) -> None:
    from authlib.integrations.requests_client import OAuth2Session

    live.logins.signed_in = SignIn(user=town.PARK, role="teacher")
    known = httpx.get("https://clever.com/.well-known/openid-configuration").json()
    with OAuth2Session(APP.id, APP.secret, scope="openid", redirect_uri=OPENID_CALLBACK) as client:
        link, state = client.create_authorization_url(
            known["authorization_endpoint"], nonce="n-0S6"
        )
        back = httpx.get(link).headers["location"]
        token = client.fetch_token(
            known["token_endpoint"], authorization_response=back, state=state
        )
        me = client.get(known["userinfo_endpoint"]).json()
    key = jwt.PyJWKClient(known["jwks_uri"]).get_signing_key_from_jwt(token["id_token"])
    claims = jwt.decode(
        token["id_token"], key, algorithms=["RS256"], audience=APP.id, issuer=known["issuer"]
    )

    assert claims["nonce"] == "n-0S6"
    assert claims["sub"] == me["sub"] == town.PARK
    assert me["user_type"] == claims["user_type"] == "teacher"
