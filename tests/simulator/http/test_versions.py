"""v3.0 is v3.1 without what v3.1 added."""

from __future__ import annotations

import json
from typing import Any

from simulator import town
from simulator.town import AUNT, DISTRICT, MAYA, Caller

from harness.district.data_model.records import Kind
from harness.simulator.http.versions import V30, V31, in_version


def _data(app: Caller, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(app.get(path).body)
    data: dict[str, Any] = found["data"]
    return data


def test_fields_of_the_newer_version_are_absent_from_the_older_one(app: Caller) -> None:
    new, old = (_data(app, f"/{version}/users/{MAYA}") for version in ("v3.1", "v3.0"))

    assert new.keys() - old.keys() == {"lms_status"}
    assert new["roles"]["student"].keys() - old["roles"]["student"].keys() == {
        "disability",
        "gifted_status",
        "home_language_code",
        "preferred_name",
        "section_504_status",
    }
    assert old["roles"]["student"]["iep_status"] == "N"


def test_values_of_the_newer_version_read_as_not_set_in_the_older_one(app: Caller) -> None:
    new, old = (
        _data(app, f"/{version}/users/{MAYA}")["roles"]["student"] for version in ("v3.1", "v3.0")
    )

    assert (new["frl_status"], old["frl_status"]) == ("Other", "")
    assert (new["home_language"], old["home_language"]) == ("Zulu", "")


def test_a_district_has_its_learning_system_in_the_newer_version_only(app: Caller) -> None:
    new, old = (_data(app, f"/{version}/districts/{DISTRICT}") for version in ("v3.1", "v3.0"))

    assert new.keys() - old.keys() == {"lms_type", "lms_state"}


def test_a_record_without_newer_fields_is_the_same_object_in_both() -> None:
    aunt = town.roster().users[AUNT]

    assert in_version(V30, Kind.USERS, aunt) is aunt
    assert in_version(V31, Kind.USERS, aunt) is aunt


def test_links_and_uris_stay_within_the_version_asked(app: Caller) -> None:
    for version in ("v3.0", "v3.1"):
        assert b"/v3." in app.get(f"/{version}/users").body
        other = "/v3.1/" if version == "v3.0" else "/v3.0/"
        assert other.encode() not in app.get(f"/{version}/users").body
