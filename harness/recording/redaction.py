"""What must never be read in a recording: client secrets, tokens and Authorization values."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from harness.contract.sync import Sync
from harness.recording.recording import (
    Act,
    Entry,
    Header,
    Killed,
    LoggedRequest,
    Restarted,
    RunInterrupted,
    Synced,
)

REDACTED = "[redacted]"
UNMISTAKABLE = 12
"""Secrets of this length or more are looked for in every text, shorter ones in free texts only."""

_SHAPES = (
    re.compile(
        r"(?i)(?P<keep>\bauthorization[\"']?\s*[=:]\s*[\"']?(?:(?:basic|bearer)\s+)?+)"
        r"(?!\[redacted)[^\s\"',}]+"
    ),
    re.compile(r"(?i)(?P<keep>\bbearer\s+)[A-Za-z0-9+/=._~-]{6,}"),
    re.compile(r"(?i)(?P<keep>\bbasic\s+)[A-Za-z0-9+/=]{16,}"),
    re.compile(
        r"(?i)(?P<keep>\b(?:client_secret|(?:access_|refresh_|id_)?token|password|api_key)"
        r"[\"']?\s*[=:]\s*[\"']?)(?!\[redacted)[^\s\"'&,;}]{4,}"
    ),
)


class Secrets:
    """The secrets of one rehearsal, in every form in which an app might log them."""

    def __init__(
        self, known: Iterable[str] = (), *, client_id: str = "", confided: Iterable[str] = ()
    ) -> None:
        """What is `confided` was given to the app's adapter and is taken out of what the app says.

        It may be any word, such as `events`: what the app asks Clever for is left as it is.
        """
        self._known, self._client_id = tuple(filter(None, known)), client_id
        self._confided = tuple(filter(None, confided))
        forms = {form for secret in self._known for form in _forms(secret, client_id)}
        self._anywhere = tuple(sorted((f for f in forms if len(f) >= UNMISTAKABLE), key=len))[::-1]
        self._own = tuple(sorted(forms, key=len, reverse=True))
        forms |= {form for secret in self._confided for form in _forms(secret, "")}
        self._free = tuple(sorted(forms, key=len, reverse=True))

    def knowing(self, *more: str, client_id: str = "") -> Secrets:
        """These secrets and more."""
        return Secrets(
            (*self._known, *more),
            client_id=client_id or self._client_id,
            confided=self._confided,
        )

    def redact(self, text: str) -> str:
        """A free text without any known secret and without anything shaped like one."""
        return _without(self._free, text)

    def found_in(self, line: bytes) -> bool:
        """Whether a serialised line still holds an unmistakable secret."""
        return any(secret.encode() in line for secret in self._anywhere)

    def scrub(self, line: bytes) -> bytes:
        """A serialised line with unmistakable secrets taken out, whatever field they are in."""
        for secret in self._anywhere:
            line = line.replace(secret.encode(), REDACTED.encode())
        return line

    def clean(self, entry: Entry) -> Entry:
        """The entry with its free texts redacted."""
        match entry:
            case Synced(sync=sync, approved=approved):
                again = self._clean_sync(approved) if approved else None
                return replace(entry, sync=self._clean_sync(sync), approved=again)
            case RunInterrupted(message=message, problem=problem):
                return replace(entry, message=self.redact(message), problem=self.redact(problem))
            case Restarted(message=message, failed=failed):
                return replace(entry, message=self.redact(message), failed=self.redact(failed))
            case Killed(problem=problem, failed=failed):
                return replace(entry, problem=self.redact(problem), failed=self.redact(failed))
            case Act(refused=refused) if refused:
                return replace(entry, refused=self.redact(refused))
            case LoggedRequest(path=path, query=query, agent=agent):
                path, query = _again(self._own, path), _again(self._own, query)
                return replace(entry, path=path, query=query, agent=_again(self._free, agent))
        return entry

    def clean_header(self, header: Header) -> Header:
        """The header with the adapter's name redacted; its options are left out of it already."""
        return replace(header, adapter=_without(self._own, header.adapter))

    def _clean_sync(self, sync: Sync) -> Sync:
        skipped = tuple(
            replace(record, reason=self.redact(record.reason)) for record in sync.skipped
        )
        reason, log = self.redact(sync.reason), self.redact(sync.log)
        return replace(sync, reason=reason, log=log, skipped=skipped)


def _without(secrets: tuple[str, ...], text: str) -> str:
    """A text without these secrets and without anything shaped like one."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    for shape in _SHAPES:
        text = shape.sub(rf"\g<keep>{REDACTED}", text)
    return text


_again = lru_cache(maxsize=1024)(_without)
"""The same for short texts that are logged time and again."""


def _forms(secret: str, client_id: str) -> Iterable[str]:
    yield secret
    yield quote(secret, safe="")
    yield b64encode(secret.encode()).decode()
    if client_id:
        yield b64encode(f"{client_id}:{secret}".encode()).decode()
