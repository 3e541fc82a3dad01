"""A PostgreSQL of one's own that can be killed, and the web before it, as processes."""

import contextlib
import http.client
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import psycopg2

from .machine import free_port

ROOT = Path(__file__).parents[2]
SERVER = (
    "fsync=off",
    "max_connections=60",
    "shared_buffers=32MB",
)  # a kill is not a power cut; commits are written
BOUNDARY = "digikoord-boundary"


def patiently(attempt, what, seconds=40):
    """Try until it succeeds: what was just killed needs a moment to let go."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except (OSError, psycopg2.Error, http.client.HTTPException) as error:
            if time.monotonic() > deadline:
                raise AssertionError(f"Waited {seconds} s, but not: {what}") from error
            time.sleep(0.1)


class Cluster:
    """initdb in a folder of its own; PostgreSQL refuses to run as root, so then as `postgres`."""

    def __init__(self):
        bindir = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True).stdout.strip()
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        self.bin = found[-1] if found else Path(bindir)
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.folder, self.port, self.process = (
            Path(tempfile.mkdtemp(prefix="digikoord-pg-")),
            free_port(),
            None,
        )
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self._as_user(
            "initdb", "-D", self.folder / "data", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"
        )
        self.url = f"postgres://postgres:x@127.0.0.1:{self.port}/postgres"

    def _as_user(self, program, *arguments):
        command = [self.bin / program, *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **self._identity())
        assert done.returncode == 0, done.stderr

    def _identity(self):
        return {"user": self.user, "group": self.user, "extra_groups": []} if os.geteuid() == 0 else {}

    def start(self):
        def attempt():
            if self.process is None or self.process.poll() is not None:
                self.process = self._launch()
            self.ask("SELECT 1")

        patiently(attempt, "PostgreSQL answers")

    def _launch(self):
        options = ["-D", "data", "-p", str(self.port), "-k", str(self.folder), "-h", "127.0.0.1"]
        options += [part for setting in SERVER for part in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self.bin / "postgres", *options], cwd=self.folder, stdout=log, stderr=log, **self._identity()
            )

    def ask(self, sql, *values):
        opened = contextlib.closing(psycopg2.connect(self.url, connect_timeout=5))
        with opened as database, database.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Web:
    """gunicorn on the cluster, with the workers and threads of `make run`."""

    def __init__(self, cluster, folder):
        self.port, self.process, self.log = free_port(), None, folder / "web.log"
        ours = {"DATABASE_URL": cluster.url, "DIGIKOORD_VAR": str(folder), "ALLOWED_HOSTS": "127.0.0.1"}
        kept = {
            name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DIGIKOORD_MODE")
        }
        self.environment = kept | ours

    def manage(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)

    def start(self):
        command = [
            "-m",
            "gunicorn",
            "digikoord.wsgi",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--no-control-socket",
        ]
        command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        patiently(lambda: Browser(self.port).ask("GET", "/logga-in/"), "the web answers")

    def kill(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Browser:
    """Asks and is answered, with cookies; follows nothing."""

    def __init__(self, port, person=None):
        self.port, self.cookies = port, SimpleCookie()
        if person:
            self.ask("GET", "/logga-in/")
            status, _, _ = self.post("/ovning/logga-in/", {"person": person})
            assert status == 302, person

    def ask(self, method, path, body=None, **headers):
        """(status, where it leads, content)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        known = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        with contextlib.closing(connection):
            connection.request(method, path, body, {"Cookie": known, **headers})
            answer = connection.getresponse()
            content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(line)
        return answer.status, answer.getheader("Location", ""), content

    def post(self, path, fields=(), file=None):
        headers = {"X-CSRFToken": self.cookies["csrftoken"].value}
        if file is None:
            body, headers["Content-Type"] = urlencode(fields, doseq=True), "application/x-www-form-urlencoded"
        else:
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="bank.xml"\r\n\r\n'
            body = head.encode() + file + f"\r\n--{BOUNDARY}--\r\n".encode()
            headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
        return self.ask("POST", path, body, **headers)
