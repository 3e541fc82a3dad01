from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from ..actions import passwords


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Asks for the address that a link goes to. What it does, and says, is the same whether anybody has the address."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        return email

    def save(self, request: HttpRequest, **_kwargs: object) -> str:
        email: str = self.cleaned_data["email"]
        passwords.ask_for_link(email)
        return email
