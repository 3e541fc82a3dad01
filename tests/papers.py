"""A PDF as a scanner makes it: one empty page, and nothing that does anything."""

import io

import pypdf


def pdf(change=None):
    """The bytes; `change` is done to the writer first."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    if change:
        change(writer)
    with io.BytesIO() as file:
        writer.write(file)
        return file.getvalue()


PDF = pdf()
