"""The way to a code: authorize, Instant Login, the portal, and the page between."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from simulator import town
from simulator.conftest import Clock
from simulator.visitor import CALLBACK, Visitor, answered

from harness.simulator.access.logins import SignIn
from harness.simulator.access.scopes import LOGIN_ONLY, SECURE_SYNC
from harness.simulator.http.message import Request, Response
from harness.simulator.login.authorization_request import LoginError
from harness.simulator.login.authorize import start_from_portal
from harness.simulator.simulator import Simulator

OTHER = town.number("d", 2)
SECOND = "https://app.example.com/second?tenant=7"


@pytest.fixture
def visitor(clever: Simulator) -> Visitor:
    return Visitor(clever)


class Page(HTMLParser):
    """What a person can do on a page."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.buttons: list[str] = []
        self.links: list[str] = []
        self.hidden: dict[str, str] = {}
        self.feed(response.body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "button" and "value" in said:
            self.buttons.append(said["value"])
        if tag == "a":
            self.links.append(said["href"])
        if tag == "input" and said.get("type") == "hidden":
            self.hidden[said["name"]] = said["value"]


# The page.


def test_an_app_sends_a_person_to_a_page_that_asks_who_they_are(visitor: Visitor) -> None:
    page = visitor.follow(visitor.authorize(redirect_uri=CALLBACK, state="s 1"))

    assert page.status == 200
    assert page.header("content-type") == "text/html; charset=utf-8"
    found = Page(page)
    assert f"{town.MAYA} student" in found.buttons
    assert {f"{town.PARK} teacher", f"{town.PARK} staff"} <= set(found.buttons)
    assert found.hidden["state"] == "s 1"
    assert not any(town.AUNT in button for button in found.buttons), "contacts do not log in"


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"q": "maya"}, [town.MAYA]),
        ({"q": "TESTER iris"}, [town.IRIS]),
        ({"q": "park@example.org"}, [town.PARK, town.PARK]),  # once for each role
        ({"q": town.LEO}, [town.LEO]),
        ({"role": "district_admin"}, [town.ADMIN]),
        ({"role": "student", "q": "okoye"}, []),
        ({"q": "<script>"}, []),
    ],
)
def test_people_are_found_by_name_address_id_and_role(
    visitor: Visitor, search: dict[str, str], found: list[str]
) -> None:
    page = visitor.visit("/_login", client_id="app-one", district_id=town.DISTRICT, **search)

    assert [one.partition(" ")[0] for one in Page(page).buttons] == found
    assert b"<script" not in page.body


def test_a_large_district_is_shown_a_page_at_a_time(visitor: Visitor) -> None:
    visitor.simulator.publish(town.crowd(45, owner=OTHER, prefix="fe"), at=town.DAY)
    seen: list[str] = []
    page = visitor.visit("/_login", client_id="app-one", district_id=OTHER)
    for _ in range(3):
        found = Page(page)
        seen += found.buttons
        after = [link for link in found.links if "page=" in link][-1:]
        page = visitor.simulator.handle(_get(after[0]))

    assert len(set(seen)) == 45
    assert (
        visitor.visit("/_login", client_id="app-one", district_id=OTHER, page="999").status == 200
    )
    assert visitor.visit("/_login", client_id="app-one", district_id=OTHER, page="x").status == 400


def _get(target: str) -> Request:
    path, _, query = target.partition("?")
    return Request("GET", path, query)


def test_with_several_districts_a_person_first_says_which(visitor: Visitor) -> None:
    visitor.simulator.publish(town.crowd(2, owner=OTHER, prefix="fe"), at=town.DAY)

    picker = Page(visitor.follow(visitor.authorize(state="x")))
    straight = Page(visitor.follow(visitor.authorize(district_id=OTHER)))

    assert len(picker.links) == 2
    assert not picker.buttons
    assert f"district_id={OTHER}" in picker.links[1]
    assert "state=x" in picker.links[1]
    assert len(straight.buttons) == 2


def test_what_a_district_says_is_escaped(visitor: Visitor) -> None:
    roster = town.roster()
    evil = {**roster.users[town.MAYA], "name": {"first": "<img src=x>", "last": '"&'}}
    users = {**roster.users, town.MAYA: evil}
    visitor.simulator.publish(replace(roster, users=users), at=town.DAY)  # type: ignore[arg-type]

    page = visitor.follow(visitor.authorize(state='"><script>1</script>'))

    assert b"<img" not in page.body
    assert b"<script" not in page.body
    assert b"&lt;img src=x&gt;" in page.body


# The callback.


def test_the_callback_gets_code_scope_and_the_state_that_was_sent(visitor: Visitor) -> None:
    answer = visitor.pick(town.MAYA, state="a b&c=é")

    assert answer.header("location").startswith(f"{CALLBACK}?code=")
    said = answered(answer)
    assert list(said) == ["code", "scope", "state"]
    assert said["state"] == "a b&c=é"
    assert said["scope"] == " ".join(SECURE_SYNC)


@pytest.mark.parametrize(("sent", "back"), [({}, False), ({"state": ""}, True)])
def test_state_is_echoed_only_if_sent(visitor: Visitor, sent: dict[str, str], back: bool) -> None:
    visitor.simulator.logins.signed_in = SignIn(user=town.MAYA)

    assert ("state" in answered(visitor.authorize(**sent))) is back


def test_whoever_is_signed_in_sees_no_page(visitor: Visitor) -> None:
    visitor.simulator.logins.signed_in = SignIn(user=town.OKOYE)

    said = answered(visitor.authorize(state="x"))

    assert visitor.buy(said["code"]).status == 200


def test_somebody_signed_in_at_another_district_is_asked(visitor: Visitor) -> None:
    visitor.simulator.publish(town.crowd(2, owner=OTHER, prefix="fe"), at=town.DAY)
    visitor.simulator.logins.signed_in = SignIn(user=town.OKOYE)

    assert visitor.authorize(district_id=OTHER).header("location").startswith("/_login?")


def test_instant_login_has_no_state_and_uses_the_primary_redirect_uri(visitor: Visitor) -> None:
    visitor.simulator.logins.allow(town.CLIENT, [CALLBACK, SECOND])
    visitor.simulator.logins.signed_in = SignIn(user=town.MAYA)

    answer = visitor.visit(
        "/oauth/instant-login",
        client_id="app-one",
        district_id=town.DISTRICT,
        redirect_uri=SECOND,
        state="mine",
    )

    assert answer.header("location").startswith(f"{CALLBACK}?code=")
    assert list(answered(answer)) == ["code", "scope"]


def test_an_instant_login_link_leads_to_the_page_of_its_district(visitor: Visitor) -> None:
    link = visitor.visit("/oauth/instant-login", client_id="app-one", district_id=town.DISTRICT)

    page = Page(visitor.follow(link))

    assert f"{town.MAYA} student" in page.buttons
    assert "state" not in page.hidden


def test_the_portal_starts_without_state_at_the_primary_redirect_uri(visitor: Visitor) -> None:
    where = start_from_portal(visitor.simulator, town.CLIENT, SignIn(user=town.MAYA))

    assert where.startswith(f"{CALLBACK}?code=")
    assert "state" not in where
    assert "loginas_by_admin" not in where


def test_the_portal_has_no_icon_for_somebody_who_may_not_log_in(visitor: Visitor) -> None:
    with pytest.raises(LoginError, match="not given you access"):
        start_from_portal(visitor.simulator, town.CLIENT, SignIn(user=town.AUNT))


def test_a_redirect_uri_is_the_first_on_the_list_unless_another_is_named(visitor: Visitor) -> None:
    visitor.simulator.logins.allow(town.CLIENT, [CALLBACK, SECOND])

    first = visitor.pick(town.MAYA).header("location")
    named = visitor.pick(town.MAYA, redirect_uri=SECOND).header("location")

    assert first.startswith(f"{CALLBACK}?code=")
    assert named.startswith(f"{SECOND}&code=")


@pytest.mark.parametrize(
    "wrong",
    [
        f"{CALLBACK}/", CALLBACK.upper(), f"{CALLBACK}?x=1", "http://localhost", "//example.com",
        "javascript:alert(1)", "https://evil.example.com/cb", f"{CALLBACK}%00", f"{CALLBACK}#x",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_an_address_that_is_not_on_the_list(visitor: Visitor, wrong: str) -> None:
    visitor.simulator.logins.signed_in = SignIn(user=town.MAYA)

    for answer in (
        visitor.authorize(redirect_uri=wrong),
        visitor.pick(town.MAYA, redirect_uri=wrong),
    ):
        assert answer.status == 400
        assert answer.header("location") == ""
        assert b"<h1>" in answer.body


def test_an_app_without_redirect_uris_is_told_how_to_register_one(visitor: Visitor) -> None:
    visitor.simulator.logins.allow(town.CLIENT, [])

    answer = visitor.authorize()

    assert answer.status == 400
    assert b"--redirect-uri" in answer.body


@pytest.mark.parametrize(
    "asked",
    [
        {"client_id": "nobody"}, {"client_id": ""}, {"district_id": OTHER},
        {"district_id": "../x"},
    ],
)  # fmt: skip
def test_a_request_that_names_no_app_or_no_district_gets_a_page(
    visitor: Visitor, asked: dict[str, str]
) -> None:
    answer = visitor.authorize(**asked)

    assert answer.status == 400
    assert answer.header("content-type").startswith("text/html")


def test_a_parameter_given_twice_gets_a_page(visitor: Visitor) -> None:
    twice = Request("GET", "/oauth/authorize", "client_id=app-one&client_id=x")

    answer = visitor.simulator.handle(twice)

    assert answer.status == 400
    assert b"given 2 times" in answer.body


@pytest.mark.parametrize("kind", ["token", "id_token", "CODE", ""])
def test_only_the_code_flow_is_known(visitor: Visitor, kind: str) -> None:
    said = answered(visitor.authorize(response_type=kind, state="x"))

    assert said["error"] == ("unsupported_response_type" if kind else "invalid_request")
    assert said["state"] == "x"
    assert "code" not in said


# Who may.


def test_a_student_is_asked_whether_it_is_really_them(visitor: Visitor) -> None:
    visitor.simulator.logins.signed_in = SignIn(user=town.MAYA)

    asked = visitor.authorize(confirmed="false", state="x")
    page = Page(visitor.follow(asked))
    sure = visitor.pick(town.MAYA, it_is_me="yes", **_without(page.hidden, "client_id", "pick"))

    assert page.buttons == ["yes"]
    assert page.links[0].startswith("/_login?"), "or they say who they are"
    assert answered(sure)["state"] == "x"


def _without(fields: dict[str, str], *names: str) -> dict[str, str]:
    return {name: said for name, said in fields.items() if name not in names}


def test_on_the_page_too_a_student_confirms(visitor: Visitor) -> None:
    first = visitor.pick(town.MAYA, confirmed="false")

    assert first.status == 200
    assert Page(first).buttons == ["yes"]


@pytest.mark.parametrize(
    ("user", "role"), [(town.OKOYE, "teacher"), (town.ADMIN, "district_admin")]
)
def test_only_students_are_asked_to_confirm(visitor: Visitor, user: str, role: str) -> None:
    visitor.simulator.logins.signed_in = SignIn(user=user)

    assert "code" in answered(visitor.authorize(confirmed="false"))
    assert "code" in answered(visitor.pick(user, role, confirmed="false"))


@pytest.mark.parametrize("user", [town.AUNT, town.number("a0", 99)])
def test_somebody_the_app_may_not_have_sees_an_error_page(visitor: Visitor, user: str) -> None:
    visitor.simulator.logins.signed_in = SignIn(user=user)

    answer = visitor.authorize()

    assert answer.status == 403
    assert answer.header("location") == ""


def test_return_unshared_tells_the_app_instead(visitor: Visitor) -> None:
    visitor.simulator.logins.signed_in = SignIn(user=town.AUNT)

    said = answered(visitor.authorize(return_unshared="true", state="x"))

    assert said == {"error": "unauthorized-user", "state": "x"}


def test_roles_that_are_not_enabled_cannot_log_in(clock: Clock) -> None:
    students_only = replace(town.CLIENT, login_roles=("student",))
    simulator = Simulator(clients=[students_only], now=clock)
    simulator.publish(town.roster(), at=town.DAY)
    simulator.logins.signed_in = SignIn(user=town.OKOYE)

    assert Visitor(simulator).authorize().status == 403


def test_an_app_without_rosters_logs_people_in_all_the_same(clock: Clock) -> None:
    login_only = replace(town.CLIENT, scopes=LOGIN_ONLY)
    simulator = Simulator(clients=[login_only], now=clock)
    simulator.publish(town.roster(), at=town.DAY)
    visitor = Visitor(simulator, login_only)

    assert visitor.buy(visitor.code(town.MAYA)).status == 200
    assert f"{town.PARK} staff" in Page(visitor.follow(visitor.authorize())).buttons


@pytest.mark.parametrize("flagged", [True, False])
def test_a_district_admin_in_somebodys_place_is_flagged_where_that_is_enabled(
    clock: Clock, flagged: bool
) -> None:
    client = replace(town.CLIENT, flags_impersonation=flagged)
    simulator = Simulator(clients=[client], now=clock)
    simulator.publish(town.roster(), at=town.DAY)
    simulator.logins.signed_in = SignIn(user=town.MAYA, by_admin=True)
    visitor = Visitor(simulator, client)

    said = answered(visitor.authorize())
    picked = answered(visitor.pick(town.MAYA, by_admin="true"))

    assert said.get("loginas_by_admin") == picked.get("loginas_by_admin")
    assert said.get("loginas_by_admin") == ("true" if flagged else None)


def test_a_login_is_in_the_traffic_log_without_its_code(visitor: Visitor) -> None:
    visitor.simulator.logins.signed_in = SignIn(user=town.MAYA)
    code = answered(visitor.authorize(state="secret-state"))["code"]
    visitor.buy(code)

    log = list(visitor.simulator.traffic)

    assert [(one.method, one.path, one.district) for one in log] == [
        ("GET", "/oauth/authorize", town.DISTRICT),
        ("POST", "/oauth/tokens", town.DISTRICT),
    ]
    assert code not in repr(log)


def test_a_callback_is_one_header_whatever_the_state(visitor: Visitor) -> None:
    answer = visitor.pick(town.MAYA, state="x\r\nset-cookie: a=b\u2028é")

    where = answer.header("location")

    assert urlsplit(where).hostname == "localhost"
    assert where.isascii()
    assert where.isprintable()
