from django.db import IntegrityError

from digikoord.models import Stage


def test_fifty_simultaneous_writers_give_one_row_and_forty_nine_refusals(race):
    answers = race(lambda _number: Stage.objects.create(pk=1), times=50)
    assert sum(isinstance(answer, Stage) for answer in answers) == 1
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 49
