"""A district loaded from Clever's files is served like any other."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from district.csv import upload
from simulator import town
from simulator.shapes import Shapes
from simulator.town import Caller

from harness.district.data_model.records import Kind
from harness.simulator.simulator import Simulator


def test_a_loaded_district_is_served_in_the_published_shape(tmp_path: Path) -> None:
    roster = upload.shared(upload.write(tmp_path))
    clever = Simulator(clients=[town.CLIENT], now=lambda: 0.0)
    clever.publish(roster, at=upload.AT)
    app = Caller(clever, clever.token(roster.district["id"]))

    for version in ("v3.0", "v3.1"):
        shapes = Shapes(version)
        for kind in Kind:
            answer = app.get(f"/{version}/{kind}")
            assert answer.records == len(roster.of(kind))
            shapes.check(f"{kind}-response", answer.body)
        shapes.check("events-response", app.get(f"/{version}/events").body)


def test_the_next_upload_is_heard_as_events(tmp_path: Path) -> None:
    before = upload.shared(upload.write(tmp_path))
    clever = Simulator(clients=[town.CLIENT], now=lambda: 0.0)
    clever.publish(before, at=upload.AT)
    app = Caller(clever, clever.token(before.district["id"]))
    newest = json.loads(app.get("/v3.1/events?ending_before=last&limit=1").body)
    cursor = newest["data"][0]["data"]["id"]

    students = upload.FILES["students.csv"].replace("Zoë", "Zoe")
    after = upload.shared(upload.write(tmp_path, students=students), previous=before)
    clever.publish(after, at=upload.AT + timedelta(days=1))

    (event,) = json.loads(app.get(f"/v3.1/events?starting_after={cursor}").body)["data"]
    assert event["data"]["type"] == "users.updated"
    assert event["data"]["data"]["previous_attributes"]["name"]["first"] == "Zoë"
