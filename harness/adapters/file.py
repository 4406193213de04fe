"""`file:PATH`: a snapshot that was exported from an app which nobody drives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from harness.adapters.bounded import MOST_BYTES
from harness.adapters.call import Call, Description
from harness.adapters.plain_answer import from_json
from harness.contract.diagnostic import is_diagnostic, snapshot_of
from harness.documents.content import content_of
from harness.errors import AdapterError, AdapterMisconfigured

_EXPECTED = "Expected a JSON object: a snapshot (`rosterready docs snapshot`) or a diagnostic.json."


class FileChannel:
    """Reads one file, once."""

    def __init__(self, target: str, directory: Path) -> None:
        """Raises AdapterMisconfigured for a file that cannot be read."""
        self._name, path = f"file:{Path(target).name}", directory / target
        try:
            if path.stat().st_size > MOST_BYTES:
                raise AdapterMisconfigured(
                    f"{self._name} has more than {MOST_BYTES >> 20} MB", hint=_EXPECTED
                )
            self._content = content_of(path, MOST_BYTES)
        except (OSError, ValueError) as error:
            raise AdapterMisconfigured(
                f"{self._name} cannot be read: {path}: {getattr(error, 'strerror', None) or error}",
                hint="The path starts at the folder of the configuration.",
            ) from error
        self._document: dict[str, Any] = {}

    def describe(self, timeout: float) -> Description:
        """Nothing can be asked of a file; raises AdapterError for one that is no JSON object."""
        try:
            document = from_json(self._content)
        except orjson.JSONDecodeError as error:
            raise AdapterError(f"{self._name} is not JSON: {error}", hint=_EXPECTED) from error
        if not isinstance(document, dict):
            raise AdapterError(f"{self._name} holds no JSON object", hint=_EXPECTED)
        diagnostic = is_diagnostic(document)
        self._document = snapshot_of(document) if diagnostic else document
        return Description(is_diagnostic=diagnostic)

    def call(self, call: Call, timeout: float) -> object:
        """The snapshot; nothing else is asked of a file."""
        return self._document if call.name == "snapshot" else None

    def beside(self, call: Call, timeout: float) -> object:
        """Nothing is asked of a file beside the snapshot."""

    def runs_in_a_process(self, name: str) -> bool:
        """Nothing runs."""
        return False

    def kill_call(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        """Nothing is open."""
