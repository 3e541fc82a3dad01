"""The whole installation as processes: PostgreSQL with both roles, Redis, gunicorn, worker, beat, and a post office."""

import contextlib
import datetime
import email
import email.policy
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import celery
import psycopg2
from aiosmtpd.controller import Controller
from django.conf import settings

from digikoord.database import roles
from tests.production import ALSO_GIVEN
from tests.services.cluster import ROOT, Cluster
from tests.services.machine import free_port

HOST = "digikoord.example"
PASSWORDS = {"DIGIKOORD_OWNER_PASSWORD": "agarens-prov", "DIGIKOORD_APP_PASSWORD": "programmets-prov"}
ZONE = datetime.timezone(datetime.timedelta(hours=1))  # far from midnight summer time does not matter


class PostOffice:
    """Takes every letter and keeps it."""

    def __init__(self):
        self.letters = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, _server, _session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((envelope.rcpt_tos, message))
        return "250 taken"

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.controller.port}"


class Installation:
    """One installation in a folder of its own. `night` and `at` move its clock; nothing else knows of it."""

    def __init__(self, folder):
        self.folder, self.processes, self.hour = folder, {}, ""
        self.cluster, self.post = Cluster(), PostOffice()
        self.web_port, self.redis_port = free_port(), free_port()
        self.clock = folder / "clock"
        self.base = f"127.0.0.1:{self.cluster.port}/digikoord"
        self.queue = celery.Celery(broker=f"redis://127.0.0.1:{self.redis_port}/0", set_as_current=False)

    @property
    def environment(self):
        """What the container of web, worker and beat is given."""
        bare = {name: os.environ[name] for name in ("PATH", "HOME", "LC_ALL") if name in os.environ}
        return bare | {
            "DJANGO_SETTINGS_MODULE": "tests.operation.settings",
            "DIGIKOORD_CLOCK": str(self.clock),
            "DIGIKOORD_MODE": "production",
            "DIGIKOORD_VAR": str(self.folder / "var"),
            "DIGIKOORD_STATIC": str(self.folder / "static"),
            "DATABASE_URL": self._login(roles.APPLICATION, PASSWORDS["DIGIKOORD_APP_PASSWORD"]),
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "SECRET_KEY": settings.SECRET_KEY,  # so that a session laid up by the test is one
            "ALLOWED_HOSTS": HOST,
            "EMAIL_URL": self.post.url,
            "DEFAULT_FROM_EMAIL": f"digikoord@{HOST}",
            **ALSO_GIVEN,
            "DIGIKOORD_HOUR_SECONDS": self.hour,
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        }

    def _login(self, role, password):
        return f"postgres://{role}:{quote(password)}@{self.base}"

    def install(self, day):
        """As the operator does: roles by the superuser, tables by the owner, static files, and then the processes."""
        self.at(day)
        self.cluster.start()
        self.superuser("CREATE DATABASE digikoord", database="postgres")
        self.manage("database_roles", DATABASE_URL=self._login("postgres", "x"), **PASSWORDS)
        owner = self._login(roles.OWNER, PASSWORDS["DIGIKOORD_OWNER_PASSWORD"])
        self.manage("prepare", DATABASE_URL=owner)
        self.manage("collectstatic", "--noinput", "-v0")
        self.post.controller.start()
        self.start(
            "redis", "redis-server", "--port", str(self.redis_port), "--save", "", "--bind", "127.0.0.1"
        )
        gunicorn = "digikoord.wsgi --worker-class gthread --workers 1 --threads 4 --no-control-socket --bind"
        self.start("web", sys.executable, "-m", "gunicorn", *gunicorn.split(), f"127.0.0.1:{self.web_port}")
        worker = "-m celery --app digikoord worker --pool solo --loglevel WARNING --without-mingle --without-gossip"
        self.start("worker", sys.executable, *worker.split())

    def manage(self, *arguments, **environment):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment | environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def start(self, name, *command):
        with self.log(name).open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def log(self, name):
        return Path(self.folder, f"{name}.log")

    def start_beat(self):
        beat = (
            f"-m celery --app digikoord beat --schedule {self.folder / 'beat'} --pidfile= --loglevel WARNING"
        )
        self.start("beat", sys.executable, *beat.split())

    def wait_for_jobs(self, day, jobs):
        """Until the day's rows are there, whoever asked for them."""
        deadline = time.monotonic() + 60
        while self.one("SELECT count(*) FROM digikoord_jobrun WHERE day = %s", day) < jobs:
            assert time.monotonic() < deadline, f"{day}: {self.log('worker').read_text()[-2000:]}"
            time.sleep(0.01)

    def stop(self, name):
        process = self.processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)

    def end(self):
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.post.controller.stop()
        self.cluster.end()

    # --- The clock

    def at(self, day, hour=9):
        """It is that hour of the day, everywhere."""
        moment = datetime.datetime.combine(day, datetime.time(hour, 5), ZONE)
        draft = self.clock.with_suffix(".new")
        draft.write_text(moment.isoformat())
        draft.replace(self.clock)

    def night(self, day, jobs):
        """The night before the day: one message on Redis, done by the real worker; waited for by its rows."""
        self.at(day, hour=1)
        self.queue.send_task("digikoord.daily")
        self.wait_for_jobs(day, jobs)
        failed = self.ask("SELECT job, error FROM digikoord_jobrun WHERE day = %s AND error <> ''", day)
        assert not failed, failed

    # --- The database

    def superuser(self, statement, *values, database="digikoord"):
        """A statement outside every transaction, by whoever owns the server."""
        url = f"postgres://postgres:x@127.0.0.1:{self.cluster.port}/{database}"
        with contextlib.closing(psycopg2.connect(url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else None

    def ask(self, statement, *values):
        """As the application's role, on one connection kept open."""
        if not hasattr(self, "asking"):
            self.asking = psycopg2.connect(self.environment["DATABASE_URL"])
            self.asking.autocommit = True
        with self.asking.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def one(self, statement, *values):
        return self.ask(statement, *values)[0][0]
