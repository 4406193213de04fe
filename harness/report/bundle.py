"""Bundle: everything a rehearsal left, in one zip with a manifest of SHA-256 checksums.

Only the files that a rehearsal writes are let in, whatever else lies beside them. The checksums
show accidents and careless edits. Whoever alters a file and its checksum as well is found out by
judging the recording again: every report has to be what the recording gives.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from harness.errors import RecordingError

FORMAT = "rosterready-bundle"
VERSION = 1
FILE = "bundle.zip"
MANIFEST = "manifest.json"
MOST_BYTES = 512 << 20
"""Of one file in a bundle: many times those of large apps."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every file, so that the same files are the same bundle."""
_AGAIN = "Ask for the bundle again, or make it again with `rosterready bundle`."

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle whose files are those its manifest lists."""

    rosterready: str
    """Version of this package that made it."""
    last_line: str
    """The verdict and the counts it states."""
    files: Mapping[str, bytes]


def pack(bundle: Bundle) -> bytes:
    """The zip; its manifest comes first."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, body in {MANIFEST: manifest(bundle), **bundle.files}.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def is_bundle(path: Path) -> bool:
    """Whether a file is meant to be a bundle, by its name or its first bytes."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return path.suffix == ".zip" or file.read(2) == b"PK"
    except OSError:
        return False


def unpack(path: Path, allowed: Collection[str]) -> Bundle:
    """The bundle in a file; raises RecordingError that names every file that was altered."""
    files, problems = _members(path)
    stated = _stated(path, files.pop(MANIFEST, None))
    listed = stated["files"]
    problems += [f"{name} is missing" for name in listed if name not in files]
    for name, body in files.items():
        if name not in allowed:
            problems.append(f"{name} is no file of a rehearsal")
        elif name not in listed:
            problems.append(f"{name} is not in the manifest")
        elif _entry(body) != listed[name] and not any(name in problem for problem in problems):
            problems.append(f"{name} was altered")
    if problems:
        message = f"{path}: the bundle is not as it was made: {'; '.join(problems)}"
        raise RecordingError(message, hint=_AGAIN)
    return Bundle(rosterready=stated["rosterready"], last_line=stated["last_line"], files=files)


def manifest(bundle: Bundle) -> bytes:
    """The manifest, with a checksum of its own, so that it cannot be altered unseen either."""
    files = {name: _entry(body) for name, body in bundle.files.items()}
    return _sealed(
        {
            "format": FORMAT,
            "version": VERSION,
            "rosterready": bundle.rosterready,
            "last_line": bundle.last_line,
            "files": files,
        }
    )


def _entry(body: bytes) -> dict[str, object]:
    return {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}


def _sealed(manifest: Manifest) -> bytes:
    """The manifest with a checksum of its own."""
    own = {key: value for key, value in manifest.items() if key != "sha256"}
    seal = hashlib.sha256(orjson.dumps(own, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return orjson.dumps(own | {"sha256": seal}, option=orjson.OPT_INDENT_2) + b"\n"


def _members(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a zip, and what is wrong with those that cannot be unpacked."""
    files: dict[str, bytes] = {}
    problems: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                name = member.filename
                if name in files or member.file_size > MOST_BYTES:
                    problems.append(f"{name} is too large" if name not in files else f"two {name}")
                    continue
                files[name] = _body(archive, member, problems)
    except (OSError, zipfile.BadZipFile) as error:
        message = f"{path}: no zip that can be read ({error}), expected a {FILE}"
        raise RecordingError(message, hint=_AGAIN) from error
    return files, problems


def _body(archive: zipfile.ZipFile, member: zipfile.ZipInfo, problems: list[str]) -> bytes:
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        problems.append(f"{member.filename} was altered")
        return b""


def _stated(path: Path, manifest: bytes | None) -> Manifest:
    """What the manifest says, if it is whole, ours and unaltered."""
    if manifest is None:
        message = f"{path}: there is no {MANIFEST} in it, expected a bundle of rosterready"
        raise RecordingError(message, hint=_AGAIN)
    try:
        stated = orjson.loads(manifest)
        intact = isinstance(stated, dict) and _sealed(stated) == manifest
    except orjson.JSONDecodeError:
        intact = False
    if not intact:
        message = f"{path}: the bundle is not as it was made: {MANIFEST} was altered"
        raise RecordingError(message, hint=_AGAIN)
    if stated.get("format") != FORMAT or stated.get("version") != VERSION:
        message = f"{path}: a bundle of another version, expected version {VERSION}"
        raise RecordingError(message, hint="Judge it with the rosterready that made it.")
    return dict(stated)
