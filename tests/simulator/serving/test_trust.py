"""Each row of the trust table: a process that is given the variables trusts the authority."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.simulator.serving.server import Server
from harness.simulator.serving.tls import Certificates, issue_certificates
from harness.simulator.serving.trust import trusting
from harness.simulator.simulator import Simulator

JAVA = """
import java.net.URI;
import java.net.http.*;
public class Fetch {
    public static void main(String[] words) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(words[0])).build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.statusCode());
    }
}
"""
GO = """
package main
import ("fmt"; "net/http"; "os")
func main() {
    answer, err := http.Get(os.Args[1])
    if err != nil { panic(err) }
    fmt.Println(answer.StatusCode)
}
"""


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """A program that prints the status of an address, and what it needs to be run."""

    words: tuple[str, ...]
    needs: tuple[str, ...] = ()
    """Prints nothing and ends with 0 where a library is there."""
    file: tuple[str, str] = ("", "")


RUNTIMES: Mapping[str, Runtime] = {
    "urllib": Runtime(
        words=(
            sys.executable,
            "-c",
            "import sys, urllib.error, urllib.request as web\n"
            "try: web.urlopen(sys.argv[1])\n"
            "except urllib.error.HTTPError as error: print(error.code)",
        )
    ),
    "httpx": Runtime(
        words=(sys.executable, "-c", "import httpx, sys; print(httpx.get(sys.argv[1]).status_code)")
    ),
    "requests": Runtime(
        words=(
            sys.executable,
            "-c",
            "import requests, sys; print(requests.get(sys.argv[1]).status_code)",
        ),
        needs=(sys.executable, "-c", "import requests"),
    ),
    "node": Runtime(
        words=("node", "-e", "fetch(process.argv[1]).then((answer) => console.log(answer.status))")
    ),
    "php streams": Runtime(
        words=(
            "php",
            "-r",
            "$quiet = stream_context_create(['http' => ['ignore_errors' => true]]);"
            "file_get_contents($argv[1], false, $quiet);"
            "echo explode(' ', $http_response_header[0])[1];",
        )
    ),
    "php curl": Runtime(
        words=(
            "php",
            "-r",
            "$asked = curl_init($argv[1]); curl_setopt($asked, CURLOPT_RETURNTRANSFER, true);"
            "curl_exec($asked); echo curl_getinfo($asked, CURLINFO_RESPONSE_CODE);",
        ),
        needs=("php", "-r", "exit(extension_loaded('curl') ? 0 : 1);"),
    ),
    "curl": Runtime(
        words=("curl", "--silent", "--output", os.devnull, "--write-out", "%{http_code}")
    ),
    "ruby": Runtime(
        words=("ruby", "-rnet/http", "-e", "puts Net::HTTP.get_response(URI(ARGV[0])).code")
    ),
    "java": Runtime(words=("java", "Fetch.java"), file=("Fetch.java", JAVA)),
    "go": Runtime(words=("go", "run", "fetch.go"), file=("fetch.go", GO)),
}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue_certificates(tmp_path_factory.mktemp("authority"), now=datetime.now(UTC))


@pytest.fixture
def url(clever: Simulator, certificates: Certificates) -> Iterator[str]:
    with Server(clever, tls=certificates) as server:
        yield f"{server.url}/v3.1/users"


def _status(words: tuple[str, ...], url: str, folder: Path, more: Mapping[str, str]) -> str:
    done = subprocess.run(
        [*words, url],
        cwd=folder,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else f"ended with {done.returncode}"


@pytest.mark.slow
@pytest.mark.needs("php-cli", "php-curl")
@pytest.mark.parametrize("name", RUNTIMES)
def test_a_process_trusts_the_authority_when_it_is_told_to(
    name: str, url: str, certificates: Certificates, tmp_path: Path
) -> None:
    runtime = RUNTIMES[name]
    if not shutil.which(runtime.words[0]):
        pytest.skip(f"not run: no {runtime.words[0]} is installed")
    if runtime.needs and subprocess.run(runtime.needs, capture_output=True).returncode:
        pytest.skip(f"not run: {name} is not installed")
    if runtime.file[0]:
        (tmp_path / runtime.file[0]).write_text(runtime.file[1])

    told = _status(runtime.words, url, tmp_path, trusting(certificates, os.environ))
    untold = _status(runtime.words, url, tmp_path, {})

    assert told == "401"
    assert untold != "401"


def test_what_a_process_has_already_is_kept(certificates: Certificates) -> None:
    before = {"JAVA_TOOL_OPTIONS": "-Xmx1g", "PHP_INI_SCAN_DIR": "/etc/ours"}

    told = trusting(certificates, before)

    assert told["JAVA_TOOL_OPTIONS"].startswith("-Xmx1g -Djavax.net.ssl.trustStore=")
    assert told["PHP_INI_SCAN_DIR"].startswith("/etc/ours:")
