"""The page that a link in a letter opens: choose a password. The link's secret stays in the address it came in."""

from typing import TYPE_CHECKING

from allauth.account.forms import ResetPasswordKeyForm
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from digikoord.lib.verdict import Refused
from duties.actions import links

from .. import devices
from ..actions import passwords

OPENED = "opened_link"  # in the session: the row's key, which opens nothing by itself
HERE = "valj"  # stands for the secret once it has been read


if TYPE_CHECKING:
    LinkView = FormView[BaseForm]  # Django's own takes no form in brackets
else:
    LinkView = FormView


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class ChoosePassword(LinkView):
    template_name = "account/password_reset_from_key.html"
    form_class = ResetPasswordKeyForm
    success_url = reverse_lazy("account_reset_password_from_key_done")

    def dispatch(self, request: HttpRequest, uidb36: str, key: str) -> HttpResponseBase:
        """A secret that opens is taken out of the address, which a browser shows and sends on."""
        if key != HERE:
            link = links.opened_by(uidb36, key)
            if link is None:
                return self.render_to_response({"token_fail": True})
            request.session[OPENED] = link.pk
            return redirect(self._address(uidb36))
        link = links.still_good(request.session.get(OPENED))
        if link is None:
            return self.render_to_response({"token_fail": True})
        self.link = link
        if request.user.is_authenticated and request.user.pk != self.link.person_id:
            logout(request)
            request.session[OPENED] = self.link.pk
        return super().dispatch(request, uidb36, key)

    def _address(self, uidb36: str) -> str:
        return reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": HERE})

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"user": self.link.person}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        address = self._address(self.kwargs["uidb36"])
        return super().get_context_data(**kwargs) | {"action_url": address, "token_fail": False}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            person = passwords.choose(self.link, form.cleaned_data["password1"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        self.request.session.pop(OPENED, None)
        response = super().form_valid(form)
        devices.remember(self.request, response, person)
        return response
