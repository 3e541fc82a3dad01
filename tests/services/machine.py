"""The whole machine as processes that can be killed, and a post office that counts."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter

from aiosmtpd.controller import Controller

COMMANDS = {
    "redis": ["redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"],
    "worker": [
        "worker",
        "--loglevel",
        "WARNING",
        "--concurrency",
        "1",
        "--without-mingle",
        "--without-gossip",
    ],
    "beat": ["beat", "--loglevel", "WARNING", "--schedule"],
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Machine:
    """Redis, one worker and beat: killed at will, and started again as the container host would."""

    def __init__(self, environment, folder):
        self.port, self.folder, self.running = free_port(), folder, {}
        self.environment = environment | {"REDIS_URL": f"redis://127.0.0.1:{self.port}/0"}

    def keep_alive(self):
        """Start what is not running."""
        for name in COMMANDS:
            process = self.running.get(name)
            if process is None or process.poll() is not None:
                self.running[name] = self._start(name)

    def _start(self, name):
        command = {
            "redis": [*COMMANDS["redis"], str(self.port), "--dir", str(self.folder)],
            "worker": [sys.executable, "-m", "celery", "--app", "digikoord", *COMMANDS["worker"]],
            "beat": [sys.executable, "-m", "celery", "--app", "digikoord", *COMMANDS["beat"]],
        }[name]
        if name == "beat":
            command.append(str(self.folder / "beat"))
        log = (self.folder / f"{name}.log").open("ab")
        with log:
            return subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name):
        process = self.running[name]
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self):
        for name in list(self.running):
            self.kill(name)


class PostOffice:
    """Takes letters at a pace (seconds each), refuses one in five for now, and counts what it took by Message-ID."""

    def __init__(self, dice, pace):
        self.taken, self.asked, self.dice, self.pace = Counter(), 0, dice, pace
        self.lock = threading.Lock()
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, _server, _session, envelope):
        await asyncio.sleep(self.pace)
        with self.lock:
            self.asked += 1
            if self.dice.random() < 0.2:
                return "451 4.3.0 try again later"
            head = envelope.content.split(b"\r\n\r\n", 1)[0].decode()
            lines = [line for line in head.splitlines() if line.lower().startswith("message-id:")]
            self.taken[lines[0].split(":", 1)[1].strip()] += 1
        return "250 taken"

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.controller.port}"
