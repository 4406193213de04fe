"""Chromium, driven through two pipes by its DevTools protocol: clicks, keys, pictures, print."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe", "about:blank"),
)
_PATIENCE = 30.0

Answer = Mapping[str, Any]


class Browser:
    """A browser with one page; it is started once and asked for everything."""

    def __init__(self, profile: Path) -> None:
        chromium = shutil.which("chromium")
        assert chromium
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        # Chromium reads commands from descriptor 3 and writes answers to 4.
        words = (chromium, *_ARGUMENTS, f"--user-data-dir={profile}")
        shell = ("bash", "-c", f'exec "$@" 3<&{to_read} 4>&{to_write}', "bash", *words)
        self._process = subprocess.Popen(
            shell,
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._number, self._buffer, self._session = 0, b"", ""
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        self.call("Page.enable")
        self.look()

    def close(self) -> None:
        """The process ends, and it is waited for."""
        self._process.terminate()
        self._process.wait(_PATIENCE)
        os.close(self._write)
        os.close(self._read)

    def call(self, method: str, **parameters: object) -> Answer:
        """The answer to one command; fails if Chromium refuses it."""
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                result: Answer = answer["result"]
                return result

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            part = os.read(self._read, 1 << 20)
            assert part, "chromium has ended"
            self._buffer += part
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def open(self, file: Path, fragment: str = "") -> None:
        """Opens a file afresh, at a fragment."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=file.as_uri() + fragment)
        self.until("document.readyState === 'complete' && location.protocol === 'file:'")

    def until(self, condition: str) -> None:
        """Waits until a condition is true."""
        give_up = time.monotonic() + _PATIENCE
        while not self.evaluate(condition):
            assert time.monotonic() < give_up, condition
            time.sleep(0.02)

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, also of one that is a promise."""
        answer = self.call(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Clicks in the middle of what a selector finds, which has to be visible there."""
        element = f"document.querySelector({json.dumps(selector)})"
        box = self.evaluate(
            f"(() => {{ const e = {element}; e.scrollIntoView({{block: 'center'}});"
            " const r = [...e.getClientRects()].find((one) => one.width > 0);"
            " const [x, y] = [r.left + r.width / 2, r.top + r.height / 2];"
            " const there = document.elementFromPoint(x, y);"
            " return [x, y, e === there || e.contains(there)]; })()"
        )
        assert box[2], f"{selector} is covered by something else"
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left",
                clickCount=1,
            )  # fmt: skip

    def press(self, key: str) -> None:
        """Presses one key of the keyboard: `Tab`, `Enter`, a space or a letter."""
        codes = {"Tab": 9, "Enter": 13, " ": 32, "Escape": 27}
        text = {"Enter": "\r", "Tab": ""}.get(key, key if len(key) == 1 else "")
        parameters = {"key": key, "windowsVirtualKeyCode": codes.get(key, ord(key[0].upper()))}
        more = {"text": text} if text else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", **parameters, **more)
        self.call("Input.dispatchKeyEvent", type="keyUp", **parameters)

    def look(self, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """From now on the page is seen like this."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def printed(self) -> bytes:
        """The page as a PDF, on the paper its style sheet asks for."""
        answer = self.call("Page.printToPDF", preferCSSPageSize=True)
        return base64.b64decode(answer["data"])

    def picture(self) -> bytes:
        """What is seen now, as a PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])


def main() -> None:
    """Takes a picture: FILE FRAGMENT PNG WIDTH HEIGHT [dark]."""
    file, fragment, picture, width, height = sys.argv[1:6]
    profile = Path(picture).with_suffix(".profile")
    browser = Browser(profile)
    try:
        browser.look(width=int(width), height=int(height), dark="dark" in sys.argv[6:])
        browser.open(Path(file).absolute(), fragment)
        time.sleep(0.3)
        Path(picture).write_bytes(browser.picture())
    finally:
        browser.close()
        shutil.rmtree(profile, ignore_errors=True)


if __name__ == "__main__":
    main()
