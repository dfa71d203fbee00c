"""A platform to ask: the one that GOSPELIB_ORIGIN names, or one that is started for the tests."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gospelib import Client

ROOT = Path(__file__).parents[3]
PORT = 25100


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where readers reach it."""
    named = os.environ.get("GOSPELIB_ORIGIN")
    if named:
        yield named
        return
    data = tmp_path_factory.mktemp("platform")
    gl = [str(ROOT / "gl"), "--data", str(data)]
    try:
        up = [*gl, "--port-base", str(PORT), "up", "--detach"]
        subprocess.run(up, check=True, capture_output=True, timeout=300)
        yield f"http://localhost:{PORT}"
    finally:
        subprocess.run([*gl, "down"], check=True, capture_output=True, timeout=60)


@pytest.fixture
def client(origin: str) -> Iterator[Client]:
    """Of that platform."""
    with Client(origin) as one:
        yield one
