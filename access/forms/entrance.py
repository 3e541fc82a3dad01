from allauth.account.forms import ResetPasswordForm

from ..actions import passwords


class ForgottenForm(ResetPasswordForm):
    """Asks for the address that a link goes to. What it does, and says, is the same whether anybody has the address."""

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def save(self, request, **_kwargs):
        passwords.ask_for_link(self.cleaned_data["email"])
        return self.cleaned_data["email"]
