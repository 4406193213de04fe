"""The bundle: whatever is altered in it is named, and nothing but a rehearsal's files is in it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.errors import RecordingError
from harness.report import bundle
from harness.report.bundle import MANIFEST, Bundle

LINE = "VERDICT=READY EXIT=0 PASS=366 FAIL=0 WARN=0 BLOCKED=0 ERROR=0 MANUAL=0 NA=42"
FILES = {"report.html": b"<p>Ready</p>" * 9, "summary.md": b"# Ready", "findings.ndjson": b""}
MADE = Bundle(rosterready="1.0", last_line=LINE, files=FILES)


def _members() -> dict[str, bytes]:
    return {MANIFEST: bundle.manifest(MADE), **FILES}


def _zipped(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return path


def test_a_bundle_is_read_as_it_was_made_and_always_has_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / bundle.FILE
    file.write_bytes(bundle.pack(MADE))

    assert bundle.unpack(file, FILES) == MADE
    assert bundle.pack(MADE) == bundle.pack(MADE)


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_any_byte_altered_in_any_member_names_the_member(name: str, tmp_path: Path) -> None:
    """The checksum of the zip is right each time: the member was altered before it was packed."""
    body = _members()[name]
    places = range(len(body)) if name != MANIFEST else range(0, len(body), 7)
    altered = [body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :] for place in places]
    for other in [*altered, body + b" ", body[:-1]]:
        if other == body:
            continue  # an empty file loses nothing
        file = _zipped(tmp_path / "altered.zip", {**_members(), name: other})

        with pytest.raises(RecordingError, match=f"not as it was made: {re.escape(name)} was alt"):
            bundle.unpack(file, FILES)


def test_a_byte_altered_in_the_zip_itself_names_the_member(tmp_path: Path) -> None:
    file = _zipped(tmp_path / "altered.zip", _members())
    file.write_bytes(file.read_bytes().replace(b"<p>Ready</p>", b"<p>ready</p>", 1))

    with pytest.raises(RecordingError, match=r"report\.html was altered"):
        bundle.unpack(file, FILES)


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"rosterready.toml": b"[adapter]"}, r"rosterready\.toml is no file of a rehearsal"),
        ({"junit.xml": b""}, r"junit\.xml is not in the manifest"),
    ],
)
def test_what_does_not_belong_in_a_bundle_is_named(
    members: Mapping[str, bytes], problem: str, tmp_path: Path
) -> None:
    file = _zipped(tmp_path / "more.zip", {**_members(), **members})

    with pytest.raises(RecordingError, match=problem):
        bundle.unpack(file, [*FILES, "junit.xml"])


def test_what_is_missing_from_a_bundle_is_named(tmp_path: Path) -> None:
    members = {name: body for name, body in _members().items() if name != "summary.md"}

    with pytest.raises(RecordingError, match=r"summary\.md is missing"):
        bundle.unpack(_zipped(tmp_path / "less.zip", members), FILES)


@pytest.mark.parametrize("body", [b"", b"PK no zip", b"\x1f\x8b"])
def test_what_is_no_bundle_says_so(body: bytes, tmp_path: Path) -> None:
    file = tmp_path / "no.zip"
    file.write_bytes(body)

    with pytest.raises(RecordingError, match="no zip that can be read"):
        bundle.unpack(file, FILES)
