"""The servers compared: ours, nginx with files, and two mock servers with the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.resources import SCHEMAS

PAGE, USER = "/v3.0/users", "/v3.0/users/one"
"""Paths under which the others serve the bytes of a page and of a user."""


APP = "benchmark"
TOKENS = (
    b"GET /oauth/tokens?owner_type=district HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Authorization: Basic " + b64encode(f"{APP}:{APP}".encode()) + b"\r\n\r\n"
)
"""What an app asks `rosterready serve` first: the tokens of its districts."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    port: int
    pid: int
    cold_start: float
    """Seconds from starting the process to the first 200."""


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def tool(name: str) -> str:
    """Where a program is: on the path, or in a folder of npm named by NPM_TOOLS; "" if nowhere."""
    folder = os.environ.get("NPM_TOOLS", "")
    path = os.pathsep.join((os.environ["PATH"], "/usr/sbin", folder))
    return shutil.which(name, path=path) or ""


def ours(port: int, folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.ours", str(port)]


def serve(port: int, folder: Path) -> list[str]:
    """The command as somebody types it; `TOKENS` is the first thing its app would ask."""
    app = ("--client-id", APP, "--client-secret", APP)
    return [sys.executable, "-m", "harness", "serve", "--port", str(port), *app]


def nginx(port: int, folder: Path) -> list[str]:
    served = folder / "www/v3.0/users"
    served.mkdir(parents=True, exist_ok=True)
    (served / "page").write_bytes((folder / "page").read_bytes())
    (served / "one").write_bytes((folder / "user").read_bytes())
    config = folder / "nginx.conf"
    config.write_text(
        f"""
        daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
        events {{ worker_connections 256; }}
        http {{
          access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
          default_type application/json;
          client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
          fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
          server {{
            listen 127.0.0.1:{port}; root {folder}/www;
            location = {PAGE} {{ try_files {PAGE}/page =404; }}
          }}
        }}"""
    )
    return [tool("nginx"), "-c", str(config), "-p", str(folder)]


def _description(folder: Path) -> dict[str, object]:
    """Our schemas as an OpenAPI description, with the bytes to serve as examples."""
    text = (SCHEMAS / "clever-v3.0.schema.json").read_text()
    schemas = json.loads(text.replace("#/$defs/", "#/components/schemas/"))["$defs"]

    def answer(name: str, schema: str) -> dict[str, object]:
        example = json.loads((folder / name).read_bytes())
        shape = {"$ref": f"#/components/schemas/{schema}"}
        content = {"application/json": {"schema": shape, "example": example}}
        return {"get": {"responses": {"200": {"description": "ok", "content": content}}}}

    return {
        "openapi": "3.1.0",
        "info": {"title": "benchmark", "version": "1"},
        "servers": [{"url": "http://127.0.0.1/"}],
        "paths": {PAGE: answer("page", "users-response"), USER: answer("user", "user-response")},
        "components": {"schemas": schemas},
    }


def prism(port: int, folder: Path) -> list[str]:
    described = folder / "description.json"
    described.write_text(json.dumps(_description(folder)))
    return [tool("prism"), "mock", str(described), "-p", str(port), "-h", "127.0.0.1", "-v", "warn"]


def mockoon(port: int, folder: Path) -> list[str]:
    described = folder / "mockoon.json"
    described.write_text(json.dumps(_description(folder)))
    return [
        tool("mockoon-cli"), "start", "--data", str(described), "--port", str(port),
        "--hostname", "127.0.0.1", "--disable-log-to-file", "--disable-admin-api",
    ]  # fmt: skip


CONTENDERS = {"ours": ours, "serve": serve, "nginx": nginx, "prism": prism, "mockoon": mockoon}
PROGRAMS = {"nginx": "nginx", "prism": "prism", "mockoon": "mockoon-cli"}


def installed() -> tuple[str, ...]:
    """The contenders that can run here."""
    return ("ours", *(name for name, program in PROGRAMS.items() if tool(program)))


@contextmanager
def running(name: str, folder: Path, request: bytes, core: int) -> Iterator[Running]:
    """Starts a server on one core and waits for its first 200, a minute at most."""
    port = free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(
        CONTENDERS[name](port, folder),
        cwd=Path(__file__).resolve().parent.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    try:
        _until_answered(name, process, port, request)
        yield Running(port=port, pid=process.pid, cold_start=time.perf_counter() - begun)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_answered(name: str, process: subprocess.Popen[bytes], port: int, request: bytes) -> None:
    for _ in range(12_000):
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended with {process.returncode} before it answered")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(request)
                if line.recv(64).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        time.sleep(0.005)
    raise RuntimeError(f"{name} did not answer within a minute")
