"""Configured calls: a command or a URL for each thing the app is asked to do.

A command is given the call as JSON on stdin, and Clever's addresses and credentials as variables;
it ends with 0 when it is done. A URL gets the call by POST. Either may answer with JSON as any
adapter does; without an answer a sync that ends well is completed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from harness.adapters.app_process import environment_of
from harness.adapters.call import Call
from harness.adapters.command import CommandChannel
from harness.adapters.plain_answer import from_json
from harness.adapters.spec import words_of
from harness.contract.adapter import METHODS, Capability

if TYPE_CHECKING:
    from harness.adapters.http import HttpChannel

_SYNCS = ("sync", "sync_twice", "approve")
CALLS = ("connect", "sync", *METHODS.values())


class ConfiguredCalls:
    """What the configuration names under `[adapter.calls]`."""

    def __init__(
        self,
        calls: Mapping[str, str],
        directory: Path,
        *,
        allow_remote: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Raises AdapterMisconfigured or UsageError for what cannot be called."""
        self._channels: dict[str, CommandChannel | HttpChannel] = {}
        for name, target in calls.items():
            if target.startswith(("http://", "https://")):
                from harness.adapters.http import HttpChannel  # whose client takes long to load

                self._channels[name] = HttpChannel(target, allow_remote=allow_remote)
            else:
                words_of(target, f"[adapter.calls] {name}")
                self._channels[name] = CommandChannel(target, directory, environment)

    @property
    def capabilities(self) -> frozenset[Capability]:
        return frozenset(ability for ability, name in METHODS.items() if name in self._channels)

    def beside(self, call: Call, timeout: float) -> object:
        """The same while another call has not returned: each has a channel of its own."""
        return self.call(call, timeout)

    def runs_in_a_process(self, name: str) -> bool:
        """Whether a call of this name is a command."""
        return isinstance(self._channels.get(name), CommandChannel)

    def kill_call(self) -> None:
        """Kill the command of the call that has not returned."""
        for channel in self._channels.values():
            channel.kill_call()

    def call(self, call: Call, timeout: float) -> object:
        """The answer of the command or URL; raises as a channel does."""
        channel = self._channels.get(call.name)
        if channel is None:  # only `connect` and `sync` are asked for unseen
            return _NOTHING.get(call.name)
        if isinstance(channel, CommandChannel):
            variables = {
                **environment_of(call.connection),
                "CLEVER_DISTRICT": call.connection.district,
                "CLEVER_MODE": str(call.mode or ""),
            }
            answer = _json(channel.run(call, timeout, variables))
        else:
            answer = channel.post(call, timeout)
        if call.name in _SYNCS and not isinstance(answer, Mapping):
            return {"state": "completed"}
        return answer

    def close(self) -> None:
        """Let go of connections."""
        for channel in self._channels.values():
            channel.close()


_NOTHING: Mapping[str, object] = {
    "sync": {"state": "failed", "reason": "[adapter.calls] has no sync."},
}


def _json(output: bytes) -> Any:
    """What a command wrote, if that is JSON; otherwise it was talking to people."""
    try:
        return from_json(output)
    except orjson.JSONDecodeError:
        return None
