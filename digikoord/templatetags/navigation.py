"""What base.html says of where one is; and whom the rehearsal offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from digikoord import navigation
from digikoord.rehearsal import people
from grants.selectors import visible_programmes
from programmes.models import Programme

if TYPE_CHECKING:
    from django.template import Context


register = template.Library()


@register.simple_tag(takes_context=True)
def place_in_site(context: Context) -> str:
    """Set nav, programmes, programme and roles_line for the header, for a person logged in."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return ""
    programmes = visible_programmes(user)
    current = context.get("programme") or (programmes[0] if programmes else None)
    context["nav"] = navigation.menu(user, current, context["request"].path)
    context["programmes"] = navigation.switcher(programmes, current)
    context["programme_name"] = current.short_name if current else ""
    context["roles_line"] = navigation.roles_line(user)
    context["parties"] = list({row.actor for row in user.memberships_now})
    return ""


@register.simple_tag(takes_context=True)
def rehearsal_roles(context: Context) -> list[people.RoleOnStage]:
    """The people one can become with a click, in rehearsal; nobody in real operation."""
    if not context["request"].stage.rehearsal:
        return []
    programmes = Programme.objects.select_related("ministry", "disburser", "secretariat")
    programme = programmes.order_by("pk").first()  # the story's own, whatever has been loaded beside it
    return people.on_stage(programme) if programme else []
