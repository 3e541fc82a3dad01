# temporary
from django.http import HttpResponse


def board(request, **kwargs):
    return HttpResponse("board.board")
