"""When it is told to come later."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from gospelib import Client, Problem

Script = list[tuple[int, dict[str, str], bytes]]
CORPUS_PROBLEM = b'{"status": 503, "type": "not-ready", "title": "Not ready", "detail": "soon"}'


@pytest.fixture
def answers() -> Iterator[tuple[str, Script]]:
    """Something in between that answers what it is told to, once each."""
    script: Script = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = script.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", script
    server.shutdown()
    server.server_close()


def test_it_comes_again_when_it_was_told_to(answers: tuple[str, Script]) -> None:
    origin, script = answers
    script += [(429, {"retry-after": "1"}, b""), (404, {}, b'{"type": "no-such-word"}')]
    start = time.monotonic()
    with pytest.raises(Problem) as caught, Client(origin) as client:
        client.word("H0")
    assert caught.value.type == "no-such-word"
    assert time.monotonic() - start >= 1
    assert script == []


def test_it_gives_up_with_the_problem_that_it_was_told(answers: tuple[str, Script]) -> None:
    origin, script = answers
    script += [(503, {"retry-after": "0"}, CORPUS_PROBLEM)] * 4
    with pytest.raises(Problem, match="503 not-ready: soon"), Client(origin) as client:
        client.corpus()
    assert script == []


def test_what_is_no_json_is_told_by_its_status(answers: tuple[str, Script]) -> None:
    origin, script = answers
    script += [(418, {}, b"<html>")]
    with pytest.raises(Problem, match="418 about:blank"), Client(origin) as client:
        client.corpus()
