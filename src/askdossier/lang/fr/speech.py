"""How French texts say whose words they hold, and how an answer says it."""

from __future__ import annotations

from askdossier.lang.lexicon import Speech

_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*"
_PARTICLE = r"(?:d[eu’'] ?|des |la |le |von |van )?"
_SOMEBODY = rf"(?P<name>{_CAPITALISED}(?: {_PARTICLE}{_CAPITALISED})+)"

SPEECH = Speech(
    comments=(
        r"(?:\d{1,6} )?(?:les |derniers? |meilleurs? |vos |tous les )?commentaires?"
        r"(?: (?:preferes|des|de|sur|recents?) .{2,60})?\s?:?(?: ?\(\d{1,6}\))?"
        r"|(?:les |vos )?reactions(?: des (?:lecteurs|internautes))?\s?:?(?: ?\(\d{1,6}\))?"
        r"|\d{1,6} reactions?"
    ),
    comments_heading="Commentaires",
    watermark="Filigrane\u00a0: {}",
    commenter=(
        r"(?:par |de )?(?P<name>\S.{0,40}?)"
        r"(?: (?:dit|a (?:dit|ecrit|commente|repondu))\b.{0,60}?\s?:?"
        r"|,? (?:le \d{1,2}(?:er)? \S+ \d{4}|il y a \d"
        r"|(?:le )?\d{1,2}[/.]\d{1,2}[/.]\d{2,4}).{0,20})"
    ),
    quoting=(r"(?P<name>\S.{0,40}?) (?:a (?:ecrit|dit|repondu|poste)|ecrivait)\b.{0,60}?:(?!\d)"),
    interview=(
        rf"(?:[Ee]ntretien|[Ii]nterview|[Rr]encontre|[Gg]rand entretien|[Cc]onversation)"
        rf"(?: (?:exclusi(?:f|ve)|croisé))? (?:avec|de|d[’'])(?: [^.:\n]{{0,60}}?,)? ?{_SOMEBODY}"
    ),
    opinion=(
        r"\b(?:tribune(?: libre)?|point de vue|lettre ouverte|editorial|edito|libre opinion|"
        r"courrier des lect(?:eurs|rices)|billet d'humeur|carte blanche|humeur)\b"
    ),
    byline=rf"(?:Par|Propos de|Signé|Un texte de|Une tribune de) {_SOMEBODY}(?:,.{{0,80}})?",
    first_person=frozenset("je j' moi mon ma mes".split()),
    readers=frozenset("lecteur lectrice internaute commentaire commentateur".split()),
    reader="Un lecteur",
    named_reader="Un lecteur, {}",
    author="L’auteur",
)
