from digikoord.lib import pages
from digikoord.lib.verdict import refused

from .. import permissions, reading
from ..actions import accounts
from ..forms.reports import AcceptAccountForm
from ..selectors import reports as selectors


def accept(request, pk):
    """Accept what was used of the grant, as the approved report's account has it."""
    row = selectors.report_or_404(request.user, pk)
    version = row.versions.last()
    if version is None:
        verdict = refused("Redovisningen är inte inskickad.")
    else:
        verdict = permissions.can_accept_account(request.user, row)
    content = version.content if version else {}
    sections = reading.sections(content, row.programme.definition, row.year.year)
    return pages.act(
        request,
        verdict=verdict,
        template="reporting/account_accept.html",
        context={
            "report": row,
            "programme": row.programme,
            "version": version,
            "account": next((one for one in sections if one.form == "account"), None),
            "sums": selectors.sums(content, row.tranche.paid),
            "cancel_url": row.get_absolute_url(),
        },
        form=AcceptAccountForm,
        form_kwargs={"initial": {"used": version.used if version else None}},
        do=lambda data: accounts.accept(row, by=request.user, **data),
        done="Den ekonomiska redovisningen är godtagen.",
        to=row.tranche.get_absolute_url(),
    )
