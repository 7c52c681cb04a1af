"""The index on disk: FAISS and BM25 over passages, kept in step with a folder of documents.

``sync`` builds it and brings it up to date, ``Index.open`` opens it for questions. This package
knows nothing about file formats, cleaning, chunking or models: its caller hands them in.
"""

from askdossier.index.damage import index_command
from askdossier.index.opened import Index
from askdossier.index.pending import pending
from askdossier.index.search import Rows, Scored
from askdossier.index.store import FileEntry, Manifest, read_dates
from askdossier.index.syncing import sync
from askdossier.index.tables import Prepared

__all__ = [
    "FileEntry",
    "Index",
    "Manifest",
    "Prepared",
    "Rows",
    "Scored",
    "index_command",
    "pending",
    "read_dates",
    "sync",
]
