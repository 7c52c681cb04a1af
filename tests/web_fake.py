"""A dossier of three documents with prepared answers, for tests of the page alone."""

from __future__ import annotations

import threading
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from typing import cast

from askdossier.core import (
    Answer,
    Answered,
    Calibration,
    Citation,
    Claim,
    ClaimChecked,
    ConsentMissing,
    Document,
    DossierError,
    Embedder,
    Event,
    Evidence,
    EvidenceFound,
    Failure,
    Filter,
    Form,
    Heading,
    Hit,
    InvalidMetadata,
    InvalidQuestion,
    ModelStatus,
    PageImage,
    Passage,
    Pending,
    Profile,
    Progress,
    Removal,
    Report,
    Source,
    Span,
    Stop,
    Suggestion,
    Support,
    SyncReport,
    SyncStopped,
    Turn,
    Writer,
    WriterFailed,
    WriterOffer,
)
from askdossier.dossier import Dossier
from askdossier.models import offered
from askdossier.settings import Settings

HARBOUR = """Le port de Kerlann ferme sa criée

La criée de Kerlann a vendu son dernier poisson vendredi 7 novembre 2025. Le conseil municipal \
avait voté la fermeture en juin, par 17 voix contre 6. Quarante-deux personnes y travaillaient, \
dont onze à temps partiel.

Une décision attendue

« On le savait depuis deux ans, mais personne ne voulait y croire », raconte Maëlle Guivarc’h, \
qui tenait le bureau des pesées depuis 1998. Les tonnages ont baissé de 61 % en dix ans, selon \
la chambre de commerce. Le quai nord, lui, reste ouvert à la plaisance.

Et maintenant ?

La mairie promet un marché couvert « avant l’été 2027 ». Le budget annoncé est de 2,4 millions \
d’euros, dont la moitié viendrait de la région. Aucun calendrier de travaux n’a été publié."""

UNION = """Communiqué du syndicat des marins

Quarante-cinq salariés perdent leur emploi à Kerlann, et non quarante-deux : les trois apprentis \
n’ont pas été comptés par la mairie. Le syndicat demande un plan de reclassement pour tous."""

ENGLISH = """Small harbours, hard choices

Across Brittany, eight auction halls have closed since 2015. The survivors are the ones that \
moved to online bidding early. "You cannot sell a turbot by fax," says one auctioneer."""


def _document(
    path: str, text: str, language: str, publisher: str, date: str, *, author: str | None = None
) -> Document:
    lines = text.split("\n")
    headings = [Heading(Span(0, len(lines[0])), 1)]
    for line in lines[1:]:
        if line and len(line) < 40:
            start = text.index(line)
            headings.append(Heading(Span(start, start + len(line)), 2))
    return Document(
        id=path,
        title=lines[0],
        text=text,
        language=language,
        source=Source(
            path=path,
            sha256="0" * 64,
            url=f"https://example.org/{path.removesuffix('.md')}",
            author=author,
            publisher=publisher,
            date=date,
            licence="CC BY 4.0",
        ),
        headings=tuple(headings),
    )


DOCUMENTS = {
    document.id: document
    for document in (
        _document(
            "presse/criee.md",
            HARBOUR,
            "fr",
            "Le Courrier des ports",
            "2025-11-08",
            author="Anna Le Goff",
        ),
        _document("syndicat.md", UNION, "fr", "Syndicat des marins de Kerlann", "2025-11"),
        _document("harbours.md", ENGLISH, "en", "The Coastal Review", "2024"),
    )
}

INDEXED = datetime(2026, 11, 7, 10, 30, tzinfo=UTC)
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script> **gras** [a](b)'


def cite(number: int, document: str, words: str) -> Citation:
    start = DOCUMENTS[document].text.index(words)
    return Citation(number, document, Span(start, start + len(words)), words)


def evidence(document: str, words: str, score: float = 0.8) -> Evidence:
    citation = cite(0, document, words)
    return Evidence(document, citation.span, words, score, f"{document}#0")


_CLOSED = "La criée de Kerlann a vendu son dernier poisson vendredi 7 novembre 2025."
_WORKERS = "Quarante-deux personnes y travaillaient, dont onze à temps partiel."
_UNION = (
    "Quarante-cinq salariés perdent leur emploi à Kerlann, et non quarante-deux : les trois "
    "apprentis n’ont pas été comptés par la mairie."
)
_MARKET = "La mairie promet un marché couvert « avant l’été 2027 »."
_HALLS = "Across Brittany, eight auction halls have closed since 2015."

EVIDENCE = (
    evidence("presse/criee.md", _WORKERS),
    evidence("syndicat.md", _UNION),
    evidence("presse/criee.md", _CLOSED),
    evidence("presse/criee.md", _MARKET),
    evidence("harbours.md", _HALLS),
)


def _fresh_settings() -> Settings:
    home = Path(mkdtemp())
    return Settings(corpus=home / "corpus", index=home / "index")


def _claim(text: str, support: Support, *citations: Citation, reason: str = "") -> Claim:
    return Claim(text, support, citations, reason)


CLAIMS = (
    _claim(
        "La criée de Kerlann employait quarante-deux personnes quand elle a fermé, "
        "le 7 novembre 2025.",
        "supported",
        cite(1, "presse/criee.md", _WORKERS),
        cite(2, "presse/criee.md", _CLOSED),
    ),
    _claim(f"« {_UNION} »", "quoted", cite(3, "syndicat.md", _UNION)),
    _claim(
        "Un marché couvert doit ouvrir avant l’été 2027.",
        "partly",
        cite(4, "presse/criee.md", _MARKET),
        reason="la source dit « promet », non « doit »",
    ),
)


def _filed(first: int, *said: tuple[str, str, str]) -> tuple[Claim, ...]:
    """Claims ``(about, document, words)`` that quote, numbered from ``first``."""
    return tuple(
        Claim(words, "quoted", (cite(number, document, words),), about=about)
        for number, (about, document, words) in enumerate(said, first)
    )


@dataclass(frozen=True)
class Prepared:
    """An answer of several parts."""

    claims: tuple[Claim, ...]
    form: Form = "prose"
    message: str = ""
    remark: str = ""
    doubtful: tuple[Claim, ...] = ()


_PRESS, _UNIONS, _ABROAD = "presse/criee.md", "syndicat.md", "harbours.md"
_TONNAGE = "Les tonnages ont baissé de 61 % en dix ans, selon la chambre de commerce."
_QUAY = "Le quai nord, lui, reste ouvert à la plaisance."
_PLAN = "Le syndicat demande un plan de reclassement pour tous."
_BUDGET = "Le budget annoncé est de 2,4 millions d’euros, dont la moitié viendrait de la région."
_BIDDING = "The survivors are the ones that moved to online bidding early."
_KNOWN = "« On le savait depuis deux ans, mais personne ne voulait y croire »"
_PAPER, _LEAFLET = (DOCUMENTS[name].title for name in (_PRESS, _UNIONS))

LISTED = Prepared(
    (
        *_filed(
            1,
            (_PAPER, _PRESS, _CLOSED),
            (_PAPER, _PRESS, _WORKERS),
            (_PAPER, _PRESS, _TONNAGE),
            (_LEAFLET, _UNIONS, _UNION),
        ),
        replace(CLAIMS[2], citations=(cite(5, _PRESS, _MARKET),), about=_LEAFLET),
    ),
    "list",
    message="Deux documents en parlent.",
    remark="40 passages de 3 documents examinés.",
    doubtful=_filed(6, (_PAPER, _PRESS, _KNOWN), (_LEAFLET, _UNIONS, _PLAN)),
)
COMPARED = Prepared(
    (
        *_filed(1, ("La mairie", _PRESS, _MARKET), ("La mairie", _PRESS, _BUDGET)),
        *_filed(3, ("Le syndicat des marins", _UNIONS, _UNION)),
        *_filed(4, ("Le syndicat des marins", _UNIONS, _PLAN)),
        replace(
            CLAIMS[2],
            text="Les criées qui ont passé tôt aux enchères en ligne ont survécu.",
            citations=(cite(5, _ABROAD, _BIDDING),),
            reason="la source dit « moved early »",
            about="Ailleurs en Bretagne, selon une revue anglaise",
        ),
    ),
    "table",
    remark="12 passages de 3 documents examinés.",
    doubtful=_filed(6, ("La mairie", _PRESS, _QUAY)),
)
SECTIONS = Prepared(COMPARED.claims)
PREPARED = {"énumère": LISTED, "compare": COMPARED, "résume": SECTIONS}
"""By a word of the question."""


@dataclass
class FakeDossier(Dossier):
    """The façade without an index: answers by keyword, at a ``pace`` of seconds a sentence.

    What the page asks of a dossier is overridden, and mypy holds each signature to the real one.
    """

    shelf: dict[str, Document] = field(default_factory=lambda: dict(DOCUMENTS))
    pace: float = 0.0
    settings: Settings = field(default_factory=_fresh_settings)
    loaded: threading.Event = field(default_factory=threading.Event)
    """The models load until it is set."""
    log: list[tuple[str, str]] = field(default_factory=list)
    """``(question, what happened)``: ``stopped``, ``closed`` or ``answered``."""
    history: tuple[Turn, ...] = ()
    """What came with the last question."""
    within: Filter | None = None
    """The same."""
    unread: tuple[Failure, ...] = ()
    changed_since: Pending = field(default_factory=Pending)
    uploaded: tuple[str, ...] = ()
    synced: int = 0
    prepared: Mapping[str, Prepared] = field(default_factory=lambda: PREPARED)
    claims: tuple[Claim, ...] = CLAIMS
    """The answer to any question that holds no keyword."""
    writes: Profile = field(default_factory=lambda: Profile("prepared answers", calibrated=True))
    learned: Calibration | None = None
    allowed: list[str] = field(default_factory=list)
    others: Mapping[str, Profile] = field(default_factory=dict)
    """Writers that may be chosen, by their names in the settings."""
    writing: int = 0
    most_writing: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.loaded.set()

    @property
    def documents(self) -> Mapping[str, Document]:
        return self.shelf

    @property
    def failures(self) -> tuple[Failure, ...]:
        return self.unread

    def warm_up(self) -> None:
        self.loaded.wait()

    def header(self, document: str) -> Document:
        return replace(self.documents[document], text="")

    def passage_around(self, document: str, span: Span) -> Passage | None:
        text = self.documents[document].text
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        around = Span(start, len(text) if end < 0 else end)
        return Passage(f"{document}#0", document, around, "Une décision attendue", (span,))

    @property
    def corpus(self) -> Path:
        return self.settings.corpus

    @property
    def writer(self) -> Writer:
        return cast("Writer", SimpleNamespace(name="prepared answers"))

    @property
    def embedder(self) -> Embedder:
        return cast("Embedder", SimpleNamespace(name="no vectors"))

    @property
    def profile(self) -> Profile:
        return self.writes

    @property
    def calibration(self) -> Calibration | None:
        return self.learned

    def allow(self, origin: str) -> None:
        self.allowed.append(origin)

    def writers(self) -> tuple[WriterOffer, ...]:
        return WriterOffer("default", "Qwen"), *map(WriterOffer, self.others)

    def check_choice(self, spec: str, *, shared: bool) -> None:
        offered.check(spec, {offer.spec for offer in self.writers()}, shared=shared)

    def choose_writer(self, spec: str) -> None:
        """One that was not prepared is behind a server that does not run."""
        if spec not in self.others:
            raise WriterFailed(
                f"No server answers at {spec}. Start it (llama-server), or name another writer in "
                "the settings."
            )
        profile = self.others[spec]
        if profile.leaves and profile.server not in self.allowed:
            raise ConsentMissing("not yet", origin=profile.server)
        self.writes = profile
        self.settings = replace(self.settings, writer=spec)

    def passage_count(self, document: str) -> int:
        return self.documents[document].text.count("\n\n") + 1

    def removals(self, document: str) -> tuple[Removal, ...]:
        return (Removal("Accueil | Contact", "menu"), Removal("Partager", "sharing"))

    def dates(self) -> Mapping[str, datetime]:
        return dict.fromkeys(DOCUMENTS, INDEXED)

    def models(self) -> tuple[ModelStatus, ...]:
        folder = self.settings.models
        return (
            ModelStatus(
                "qwen", "writer", "default", "Qwen", "Apache-2.0", 10**9, "hub", "ready", folder
            ),
            ModelStatus(
                "qwen-0.5b", "writer", "light", "Qwen 0.5B", "MIT", 5 * 10**8, "hub", "missing",
                folder,
            ),
        )  # fmt: skip

    def file_of(self, document: str) -> str:
        return document

    def page_image(self, document: str, span: Span) -> PageImage | None:
        return None

    def pending(self) -> Pending:
        return self.changed_since

    def set_metadata(self, file: str, changes: Mapping[str, str]) -> Path:
        """State it at once, where the real one waits for a sync."""
        if "jamais" in changes.get("date", ""):
            raise InvalidMetadata("jamais is not a date. Write a year, a month or a day.")
        document = self.documents[file]
        values = {name: value or None for name, value in changes.items() if name != "title"}
        self.shelf[file] = replace(
            document,
            title=changes.get("title") or document.title,
            source=replace(document.source, **values),  # type: ignore[arg-type]
        )
        return self.corpus / f"{file}.yaml"

    def mentions(self, phrase: str) -> Mapping[str, tuple[Span, ...]]:
        found = {}
        for name, document in self.documents.items():
            at = document.text.casefold().find(phrase.casefold())
            if at >= 0:
                found[name] = (Span(at, at + len(phrase)),)
        return found

    def search(self, question: str, *, within: Filter | None = None) -> tuple[Hit, ...]:
        around = self.passage_around("presse/criee.md", EVIDENCE[0].span)
        assert around is not None
        return (Hit(around, 0.9, 0.9, 1, 3.2, 1),)

    def sync(
        self,
        corpus_dir: str | Path | None = None,
        report: Report | None = None,
        stop: Stop | None = None,
        *,
        confirmed: bool | Collection[str] = False,
        retry: bool = False,
    ) -> SyncReport:
        """Take in the Markdown files of the corpus; every other file is a failure."""
        names = sorted(path.name for path in self.corpus.iterdir() if path.is_file())
        for done, _ in enumerate(names):
            if report is not None:
                report(Progress("reading", done, len(names), "files"))
            if stop is not None and stop.wait(self.pace):
                raise SyncStopped("stopped")
        added = tuple(name for name in names if name.endswith(".md"))
        self.unread = tuple(
            Failure(name, "format not supported") for name in names if not name.endswith(".md")
        )
        gone = tuple(name for name in self.uploaded if name not in added)
        for name in gone:
            del self.shelf[name]
        for name in added:
            words = (self.corpus / name).read_text("utf-8")
            self.shelf[name] = _document(name, words, "fr", "Courrier", "2026-01-02")
        self.uploaded = added
        self.synced += 1
        self.changed_since = Pending()
        return SyncReport(added, (), gone, (), self.failures, len(self.documents), 0.1)

    def possible_questions(self) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(f"Que dit « {one.title} » ?", name) for name, one in self.documents.items()
        )

    def answers_surely(self, suggestion: Suggestion, stop: Stop) -> bool:
        return not stop.is_set()

    def stream(
        self,
        question: str,
        stop: Stop | None = None,
        *,
        within: Filter | None = None,
        history: Sequence[Turn] = (),
    ) -> Generator[Event]:
        self.history, self.within = tuple(history), within
        stop = stop or Stop()
        happened = "closed"
        try:
            if len(question) > 2000:
                raise InvalidQuestion("La question est trop longue : 2 000 caractères au plus.")
            if "panne" in question:
                raise DossierError("Le modèle ne répond plus. Relancez « askdossier chat ».")
            if "imprévu" in question:
                raise RuntimeError("a bug")
            found = () if "rien" in question else EVIDENCE
            prepared = self._prepared(question)
            yield EvidenceFound(found, 0.05, prepared.message, prepared.form)
            with self._lock:
                self.writing += 1
                self.most_writing = max(self.most_writing, self.writing)
            try:
                claims = prepared.claims
                for claim in claims:
                    if stop.wait(self.pace):
                        happened = "stopped"
                        return
                    yield ClaimChecked(claim, 0.1)
            finally:
                with self._lock:
                    self.writing -= 1
            happened = "answered"
            yield Answered(
                Answer(
                    question,
                    "fr",
                    claims,
                    not claims,
                    prepared.message
                    if claims
                    else "Le dossier ne donne pas la capitale de l’Australie.",
                    found,
                    {"evidence": 0.05, "first_sentence": 2.1, "total": 6.24},
                    form=prepared.form,
                    remark=prepared.remark,
                    doubtful=prepared.doubtful,
                )
            )
        finally:
            self.log.append((question, happened))

    def _prepared(self, question: str) -> Prepared:
        for word, prepared in self.prepared.items():
            if word in question:
                return prepared
        return Prepared(self._claims(question))

    def _claims(self, question: str) -> tuple[Claim, ...]:
        if "Australie" in question or "rien" in question:
            return ()
        if "écho" in question:
            return (_claim(f"Écho de {question}.", "supported", CLAIMS[0].citations[0]),)
        if "hostile" in question:
            return (_claim(HOSTILE, "partly", CLAIMS[0].citations[0], reason=HOSTILE),)
        return self.claims
