"""Loading the exercise, and the first byte after `planner serve` is started."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.benchmarks.table import Row, in_turn, seconds

PLANNER = str(Path(sys.executable).with_name("planner"))
LOAD_SECONDS, FIRST_BYTE_SECONDS = 30.0, 3.0
PATIENCE_SECONDS = 60


def load_exercise(scale: int, settings: dict[str, str]) -> Row:
    """Fill the empty database that the settings name."""
    command = [PLANNER, "init", "--exercise", "pentameter2", "--scale", str(scale), "--json"]
    taken = seconds(lambda: subprocess.run(command, env=os.environ | settings, stdout=subprocess.DEVNULL, check=True))
    return Row("The exercise loaded by planner init", taken, LOAD_SECONDS, "s")


def first_byte(rounds: int, settings: dict[str, str]) -> Row:
    """From the start of `planner serve` to the first byte of its first page; the very first start compiles modules."""
    _first_byte(settings)
    (taken,) = in_turn(rounds, lambda: _first_byte(settings))
    return Row("First byte after planner serve starts", taken, FIRST_BYTE_SECONDS, "s")


def _first_byte(settings: dict[str, str]) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [PLANNER, "serve", "--port", str(port)]
    begun = time.perf_counter()
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | settings
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if server.poll() is not None or time.perf_counter() - begun > PATIENCE_SECONDS:
                raise RuntimeError(f"planner serve did not answer; it ended with {server.poll()}")
            time.sleep(0.01)
        return time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def _answers(port: int) -> bool:
    try:
        urlopen(f"http://127.0.0.1:{port}/login", timeout=PATIENCE_SECONDS).read(1)
    except HTTPError as answer:
        answer.close()
    except (URLError, OSError):
        return False
    return True
