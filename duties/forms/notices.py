from django import forms

from ..models.notice import NoticeKind


class ChoiceForm(forms.Form):
    """Which kinds of notice the person reads in the app only; legal duties are not offered."""

    app_only = forms.MultipleChoiceField(
        label="Läs bara i digikoord, skicka inte med e-post",
        choices=[(kind.value, kind.label) for kind in NoticeKind if kind != NoticeKind.DUTY],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Det du inte kryssar för kommer samlat i dagens brev.",
    )
