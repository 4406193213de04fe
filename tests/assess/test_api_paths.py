"""Which paths version 3 has, and what it has instead of others."""

from __future__ import annotations

import pytest

from harness.assess.api_paths import instead_of, is_known, joined_twice
from harness.simulator.data import api, resources
from harness.simulator.events import api as events
from harness.simulator.login import identity

ID = "58332842eeb56f5f029a2717"


@pytest.mark.parametrize(
    "path",
    [
        route.path
        for route in (*api.ROUTES, *resources.ROUTES, *events.ROUTES, *identity.ROUTES)
        if route.path.startswith("/{version}")
    ],
)
def test_every_path_that_clever_serves_is_known(path: str) -> None:
    assert is_known(
        path.replace("{version}", "v3.1").replace("{id}", ID).replace("{kind}", "users")
    )


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        ("/v3.0/students", "/users?role=student"),
        ("/v3.0/teachers", "/users?role=teacher"),
        ("/v3.0/contacts", "/users?role=contact"),
        ("/v3.0/school_admins", "/users?role=staff"),
        ("/v3.0/district_admins", "/users?role=district_admin"),
        (f"/v3.0/students/{ID}", f"/users/{ID}"),
        (f"/v3.0/students/{ID}/contacts", f"/users/{ID}/mycontacts"),
        (f"/v3.0/students/{ID}/teachers", f"/users/{ID}/myteachers"),
        (f"/v3.0/teachers/{ID}/students", f"/users/{ID}/mystudents"),
        (f"/v3.0/teachers/{ID}/sections", f"/users/{ID}/sections"),
        (f"/v3.0/students/{ID}/school", f"/users/{ID}/schools"),
        (f"/v3.0/sections/{ID}/students", f"/sections/{ID}/users?role=student"),
        (f"/v3.0/sections/{ID}/teacher", f"/sections/{ID}/users?role=teacher"),
        (f"/v3.0/schools/{ID}/teachers", f"/schools/{ID}/users?role=teacher"),
        (f"/v3.0/districts/{ID}/schools", "/schools"),
        ("/v3.0/v3.0/sections", "/sections"),
        ("/v3.1/users/v3.1/users", "/users"),
    ],
)
def test_a_path_that_version_3_does_not_have_has_another(path: str, instead: str) -> None:
    assert not is_known(path)
    assert str(instead_of(path)) == instead


def test_a_path_like_no_other_has_none() -> None:
    assert not is_known("/v3.0/attendance")
    assert instead_of("/v3.0/attendance") is None


def test_a_link_that_was_added_to_a_path_has_two_versions() -> None:
    assert joined_twice("/v3.0/v3.0/sections")
    assert not joined_twice("/v3.0/sections")
