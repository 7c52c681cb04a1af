"""Ask a question of an index: see ``pipeline``, which reads from top to bottom."""

from askdossier.ask.case import Task, Tools, cited
from askdossier.ask.pipeline import events, find, searched
from askdossier.ask.suggesting import possible, sure

__all__ = ["Task", "Tools", "cited", "events", "find", "possible", "searched", "sure"]
