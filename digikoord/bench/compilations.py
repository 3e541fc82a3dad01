"""The compilation's document: made in WeasyPrint's own time, in a bounded memory, and in proportion to its places."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration

from digikoord.lib import pdf, typesetting
from digikoord.lib.plain import plain
from reporting import chapters
from reporting.documents import compilation

from . import made_up
from .ratio import Ratio

if TYPE_CHECKING:
    from programmes.programme_file.shape import ProgrammeFile
    from reporting.selectors.compiled import Seat


MADE = datetime.datetime(2020, 3, 20, 12, tzinfo=datetime.UTC)
MANY = 290
MEGABYTES = 250
SECONDS = 2
PEAK = (
    "from django import setup; setup(); from digikoord.bench import compilations; compilations.print_peak()"
)


def rendering_costs_what_weasyprint_costs() -> Ratio:
    html = _html(made_up.COUNTIES)
    _ours(html), _its_own(html)  # typefaces and hyphens are read once
    own, ours = _seconds(_its_own, html), _seconds(_ours, html)
    return Ratio("21 län med WeasyPrint ensamt, och med vår framställning", own, ours, 1.15)


def rendering_is_linear() -> Ratio:
    few, many = (_seconds(_whole, *made_up.seats_of(count)) for count in (made_up.COUNTIES, MANY))
    return Ratio(
        f"{MANY} platser, räknat från 21 län, och som det blev", few * MANY / made_up.COUNTIES, many, 1.25
    )


def rendering_fits_in_memory() -> Ratio:
    told = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", PEAK], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    return Ratio("21 län, gränsen och det högsta", MEGABYTES, float(told.stdout), 1, unit="MB")


def a_chapter_is_made_while_one_waits() -> Ratio:
    seconds = {name: _seconds(preview, name) for name in previewed()}
    name = max(seconds, key=seconds.__getitem__)
    return Ratio(
        f"förhandsvisning, gränsen och det långsammaste kapitlet ({name})", SECONDS, seconds[name], 1
    )


def previewed() -> list[str]:
    """Every chapter of the 21 counties, and the first county's page, as a rendering names them."""
    told, _about = made_up.compilation(*made_up.seats_of(made_up.COUNTIES))
    keys = [row.key for row in chapters.of(told.kind) if row.key != chapters.PLACES]
    return [*keys, f"{chapters.PLACES}-{told.seats[0].code}"]


def preview(name: str) -> bytes:
    """One chapter of the 21 counties, as bytes."""
    told, about = made_up.compilation(*made_up.seats_of(made_up.COUNTIES))
    return compilation.chapter_bytes(told, about, name)


def print_peak() -> None:
    """The highest memory of this process, in MB, once it has made the 21 counties."""
    _whole(*made_up.seats_of(made_up.COUNTIES))
    told = Path(
        "/proc/self/status"
    ).read_text()  # a process that was started counts its parent's memory elsewhere
    sys.stdout.write(str(int(cast("re.Match[str]", re.search(r"VmHWM:\s+(\d+) kB", told))[1]) // 1024))


def _html(count: int) -> str:
    told, about = made_up.compilation(*made_up.seats_of(count))
    return render_to_string("pdf/compilation.html", compilation.context(told, about))


def _whole(rules: ProgrammeFile, seats: Sequence[Seat]) -> bytes:
    told, about = made_up.compilation(rules, seats)
    return compilation.again({"version": plain(about), **plain(told)})


def _ours(html: str) -> bytes:
    return pdf.render(html, title="Prov", created=MADE)


def _its_own(html: str) -> bytes:
    """The same HTML, style and typefaces, by WeasyPrint as it comes."""
    source = weasyprint.HTML(string=html, base_url="static:/", url_fetcher=typesetting.OwnFetcher())
    typesetting.prepare(source.etree_element, "sv", rehearsal=False)
    profiles = {typesetting.COLOURS: typesetting.srgb()}
    document = source.render(font_config=FontConfiguration(), color_profiles=profiles, **typesetting.OPTIONS)
    written: bytes = document.write_pdf(**typesetting.OPTIONS)
    return written


def _seconds(make: Callable[..., object], *arguments: object) -> float:
    """Of the processor, so that others at work do not count."""
    began = time.process_time()
    make(*arguments)
    return time.process_time() - began
