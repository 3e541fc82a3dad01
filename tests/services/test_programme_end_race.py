"""A programme that is being ended and an act at the same time: one waits for the other, and nothing is told afterwards."""

import contextlib
import threading

import psycopg2
import pytest

from grants.actions.programme_endings import ENDING
from records.models import Event
from tests import databases
from tests.factories import walk as walks

TELL = (
    "INSERT INTO actors_event (at, effective_on, verb, by_key, by_name, by_party, label, key, url, programme, place, "
    "place_label, holder, facts) VALUES (now(), '2022-05-02', 'decision.corrected', 1, 'x', '', 'x', 'x:1', '', %s, '', "
    "'', '', '{}')"
)


@pytest.fixture
def programme(postgresql):
    return walks.loaded(walks.SECOND).programme


def opened():
    """As the application: who owns the tables may lay in the trail of an ended programme."""
    return contextlib.closing(psycopg2.connect(databases.login()))


def end(cursor, programme):
    """As the act does it: alone with the programme, and then the row."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (ENDING, programme.pk))
    cursor.execute(
        "UPDATE grants_programme SET ended_on = '2022-05-02', ended_by_id = (SELECT min(id) FROM actors_user) "
        "WHERE id = %s",
        (programme.pk,),
    )


def started(do):
    """(the thread, what stopped it once it has ended)"""
    stopped = []

    def run():
        try:
            do()
        except psycopg2.Error as error:
            stopped.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    return thread, stopped


def test_an_act_that_comes_while_it_is_ended_waits_and_is_refused(programme):
    with opened() as ending, opened() as acting:
        end(ending.cursor(), programme)
        thread, stopped = started(lambda: acting.cursor().execute(TELL, (programme.code,)))
        thread.join(timeout=0.5)
        assert thread.is_alive(), "it tells of a programme that is just being ended"
        ending.commit()
        thread.join(timeout=10)
    assert "the programme has ended" in stopped[0]
    assert not Event.objects.filter(key="x:1").exists()


def test_the_ending_waits_for_the_act_that_is_under_way(programme):
    with opened() as ending, opened() as acting:
        acting.cursor().execute(TELL, (programme.code,))
        thread, stopped = started(lambda: end(ending.cursor(), programme))
        thread.join(timeout=0.5)
        assert thread.is_alive(), "it ends a programme in which somebody is acting"
        acting.commit()
        thread.join(timeout=10)
        assert not stopped
        ending.commit()
    programme.refresh_from_db()
    assert programme.ended_on is not None
    assert Event.objects.filter(key="x:1").exists()
