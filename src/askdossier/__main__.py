"""``python -m askdossier`` is the command ``askdossier``."""

from askdossier.cli import app

app(prog_name="askdossier")
