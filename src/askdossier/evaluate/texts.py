"""The words of the reports, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from askdossier.core import Support
from askdossier.evaluate.metrics import METRICS, Group
from askdossier.evaluate.report import Fault, Mark

ReportLanguage = Literal["fr", "en"]


_MEDIAN: dict[ReportLanguage, str] = {"fr": ", médiane", "en": ", median"}


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a report says of its own, in one language."""

    language: ReportLanguage
    metrics: Mapping[str, tuple[str, str]]
    """Name and explanation of each metric."""
    groups: Mapping[Group, str]
    faults: Mapping[Fault, str]
    support: Mapping[Support, str]
    marks: Mapping[Mark, str]
    said: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.said[key]

    def short(self, metric: str) -> str:
        """The name of a metric without "median": of what a single question has."""
        return self.metrics[metric][0].removesuffix(_MEDIAN[self.language])

    def number(self, value: float, digits: int) -> str:
        """A number as the language writes it."""
        spelled = f"{value:,.{digits}f}"
        if self.language == "fr":
            spelled = spelled.replace(",", "\u202f").replace(".", ",")
        return spelled

    def share(self, share: float) -> str:
        """A share of 1 in percent."""
        percent = "\u202f%" if self.language == "fr" else "%"
        return f"{self.number(100 * share, 1)}{percent}"

    def value(self, metric: str, value: float, *, signed: bool = False) -> str:
        """A value of a metric with its unit: ``82 %``, ``6.4 s``."""
        sign = "−" if value < 0 else "+" if signed and value > 0 else ""
        size = abs(value)
        unit = METRICS[metric].unit
        if unit == "share":
            return sign + self.share(size)
        if unit == "seconds":
            return f"{sign}{self.number(size, 2)}\u00a0s"
        return sign + self.number(size, 0)


_METRICS_EN = {
    "right": ("right", "one of the expected answers stands in the answer"),
    "token_f1": ("token F1", "words shared with the expected answer (low for whole sentences)"),
    "trigram_recall": ("3-gram recall", "character 3-grams of the expected answer that were said"),
    "language": ("right language", "written sentences in the language of the question"),
    "hallucination": (
        "hallucination",
        "answered although the dossier does not say; lower is better",
    ),
    "error": ("error", "abstained although the dossier says; lower is better"),
    "valid": ("valid citations", "the quote stands at its offsets, to the character"),
    "cites_gold": ("cites gold", "answerable questions with at least one citation on the gold"),
    "gold_precision": ("precision, gold", "citations that touch the gold evidence"),
    "gold_recall": ("recall, gold", "pieces of gold evidence that are cited"),
    "alce_precision": ("precision, ALCE", "citations that are needed or suffice, says the judge"),
    "alce_recall": ("recall, ALCE", "sentences that their citations support, says the judge"),
    "points_covered": ("points covered", "points of a complete answer that a citation shows"),
    "on_point": ("citations on a point", "citations that show a point of the question"),
    "speakers_kept": (
        "speakers kept",
        "points of somebody's that are said with the speaker's name",
    ),
    "redundant": ("redundancy", "sentences whose points were all shown before; lower is better"),
    "beyond": (
        "beyond the dossier",
        "sentences on no point where part is lacking; lower is better",
    ),
    "points_read": ("points read", "points of a complete answer in the evidence that was read"),
    "evidence_recall": ("evidence recall", "pieces of gold among the evidence that was read"),
    "recall@5": ("recall@5", "gold passages among the first five"),
    "recall@20": ("recall@20", "gold passages among the first twenty"),
    "mrr": ("MRR", "1 / rank of the first gold passage"),
    "ndcg@10": ("nDCG@10", "discounted gain of the first ten passages"),
    "evidence_s_p50": ("evidence, median", "until the evidence is shown"),
    "evidence_s_p95": ("evidence, p95", "95 % of the questions are faster"),
    "first_sentence_s_p50": ("first sentence, median", "until a checked sentence is shown"),
    "first_sentence_s_p95": ("first sentence, p95", "95 % of the questions are faster"),
    "total_s_p50": ("whole answer, median", "until the answer is complete"),
    "total_s_p95": ("whole answer, p95", "95 % of the questions are faster"),
    "check_s_p50": ("check, median", "of the last written sentence, part of the whole"),
    "check_s_p95": ("check, p95", "95 % of the sentences are faster"),
    "prompt_tokens_p50": ("tokens read, median", "by the writer, for one question"),
    "written_tokens_p50": ("tokens written, median", "by the writer, for one question"),
}

_METRICS_FR = {
    "right": ("juste", "une des réponses attendues figure dans la réponse"),
    "token_f1": ("F1 des mots", "mots communs avec la réponse attendue (bas pour une phrase)"),
    "trigram_recall": ("rappel des 3-grammes", "3-grammes de la réponse attendue qui ont été dits"),
    "language": ("bonne langue", "phrases rédigées dans la langue de la question"),
    "hallucination": ("hallucination", "répond alors que le dossier ne dit rien ; à minimiser"),
    "error": ("abstention à tort", "s’abstient alors que le dossier le dit ; à minimiser"),
    "valid": ("citations exactes", "l’extrait figure à sa place, au caractère près"),
    "cites_gold": ("cite la source", "questions dont une citation au moins touche la référence"),
    "gold_precision": ("précision, référence", "citations qui touchent la référence"),
    "gold_recall": ("rappel, référence", "extraits de référence qui sont cités"),
    "alce_precision": ("précision, ALCE", "citations utiles ou suffisantes, selon le juge"),
    "alce_recall": ("rappel, ALCE", "phrases que leurs citations fondent, selon le juge"),
    "points_covered": ("points couverts", "points d’une réponse complète qu’une citation montre"),
    "on_point": ("citations à propos", "citations qui montrent un point de la question"),
    "speakers_kept": ("paroles attribuées", "points de quelqu’un qui sont dits avec son nom"),
    "redundant": ("redondance", "phrases dont tous les points sont déjà montrés ; à minimiser"),
    "beyond": ("hors du dossier", "phrases hors des points quand il en manque ; à minimiser"),
    "points_read": ("points lus", "points d’une réponse complète parmi les extraits lus"),
    "evidence_recall": ("rappel des preuves", "références parmi les extraits lus"),
    "recall@5": ("rappel@5", "passages de référence parmi les cinq premiers"),
    "recall@20": ("rappel@20", "passages de référence parmi les vingt premiers"),
    "mrr": ("MRR", "1 / rang du premier passage de référence"),
    "ndcg@10": ("nDCG@10", "gain actualisé des dix premiers passages"),
    "evidence_s_p50": ("extraits, médiane", "jusqu’à l’affichage des extraits"),
    "evidence_s_p95": ("extraits, p95", "95 % des questions vont plus vite"),
    "first_sentence_s_p50": ("première phrase, médiane", "jusqu’à la première phrase vérifiée"),
    "first_sentence_s_p95": ("première phrase, p95", "95 % des questions vont plus vite"),
    "total_s_p50": ("réponse entière, médiane", "jusqu’à la fin de la réponse"),
    "total_s_p95": ("réponse entière, p95", "95 % des questions vont plus vite"),
    "check_s_p50": (
        "vérification, médiane",
        "de la dernière phrase rédigée, dans la durée entière",
    ),
    "check_s_p95": ("vérification, p95", "95 % des phrases vont plus vite"),
    "prompt_tokens_p50": ("jetons lus, médiane", "par le modèle, pour une question"),
    "written_tokens_p50": ("jetons écrits, médiane", "par le modèle, pour une question"),
}

WORDS: dict[ReportLanguage, Words] = {
    "en": Words(
        "en",
        _METRICS_EN,
        {
            "answers": "Answers",
            "abstention": "Abstention",
            "citations": "Citations",
            "points": "Answers of several points",
            "retrieval": "Retrieval",
            "speed": "Speed",
        },
        {
            "hallucination": "answered although the dossier does not say",
            "abstained": "abstained although the dossier says",
            "wrong": "no expected answer in it",
            "language": "not in the language of the question",
            "invalid": "a quote that is not at its offsets",
            "uncited": "no citation",
            "unsupported": "the judge finds a sentence not supported by its citations",
            "gold_not_cited": "cites something else than the gold",
            "gold_partly_cited": "part of the gold is not cited",
            "beyond": "says something on no point although the dossier lacks a part",
            "speaker_lost": "does not say whose words these are",
            "point_missed": "a point is missing",
            "gold_not_retrieved": "cause: the gold was not retrieved",
            "gold_not_in_evidence": "cause: the gold was retrieved but is not in the evidence",
        },
        {
            "supported": "supported",
            "quoted": "quoted",
            "partly": "partly",
            "unsupported": "unsupported",
        },
        {"": "", "cited": "cited", "gold": "gold, not cited", "both": "gold, cited"},
        {
            "title": "Evaluation",
            "metric": "metric",
            "value": "value",
            "interval": "95 % interval",
            "questions": "questions",
            "kind": "kind",
            "language": "language",
            "no_kind": "(none)",
            "all": "all",
            "by_kind": "By kind of question",
            "by_language": "By language",
            "citation_figures": "Citation precision and recall",
            "latency": "Seconds until the answer",
            "trade": "The price of abstaining",
            "trade_note": "each point is a strictness; from that of this run (large) upwards",
            "support": "Sentences shown",
            "same_judge": "The judge is the check that let these sentences through: the ALCE "
            "figures say that it is consistent, not that it is right. Take another judge with "
            "--judge, and measure judges with askdossier eval judge.",
            "made_with": "Made with",
            "judge": "judge",
            "writer": "writer",
            "embedder": "embedder",
            "index": "index",
            "documents": "documents",
            "settings": "settings",
            "code": "code",
            "memory": "memory",
            "cost": "answers {answers} s, scoring {scoring} s ({share} % more)",
            "fine": "as wished",
            "wrong_only": "only what went wrong",
            "answer": "Answer",
            "expected": "Expected",
            "abstained": "abstained",
            "unanswerable": "the dossier does not say",
            "lacking": "not in the dossier: {}",
            "missed_point": "missing",
            "sources": "Citations and gold",
            "scores": "Scores",
            "faults": "What went wrong",
            "judged": "judge: {}",
            "confidence": "confidence",
            "comparison": "Compared with {}",
            "before": "before",
            "after": "now",
            "change": "difference",
            "verdict": "verdict",
            "better": "better",
            "worse": "worse",
            "no_difference": "no certain difference",
            "got_better": "Questions that got better",
            "got_worse": "Questions that got worse",
            "none": "none",
            "seconds": "seconds",
            "share": "share",
            "saved": "Written: {}",
            "missed": "{metric} is {value}, the bound is {bound}",
            "missed_without": "{metric} has no value here, the bound is {bound}",
            "legend": "Marked in the sources",
            "pairs": "pairs",
            "entailed": "entailed",
            "accuracy": "accuracy",
            "macro_f1": "macro-F1",
            "precision": "precision",
            "recall": "recall",
            "auc": "AUC",
            "file": "file",
            "changed": "changed",
            "sentences": "sentences",
            "as it is": "nothing",
            "figure": "a figure",
            "date": "a date",
            "name": "a name",
            "negation": "negation",
            "changed_note": "Sentences of the dossier against their passage: unchanged ones should "
            "be supported, changed ones should not.",
            "nothing_to_judge": "There is nothing to judge: name files of labelled pairs, or an "
            "index with --index.",
            "to_label": "{n} sentences are in {file}. Write full, partly or not in the column "
            "label, then run the same command again.",
            "agreement": "{n} sentences labelled, {left} not yet. Same label: {same}. "
            "Cohen’s κ: {weighted} over the three labels (linear weights), {binary} for full "
            "against the rest.",
            "person": "person ↓ / judge →",
            "undefined": "not defined (all the same label)",
            "proposed": "{n} questions are in {file}, marked as proposed: check each, correct it "
            "and take out “proposed”.",
            "accepted": "{n} questions were added to {file}.",
            "review": "[y] accept  [e] correct  [n] drop  [q] stop",
            "new_question": "question",
            "new_answers": "answers, separated by |",
            "new_points": "points that it asks for, separated by commas",
            "nothing_proposed": "The writer worded no usable question; give another --seed.",
        },
    ),
    "fr": Words(
        "fr",
        _METRICS_FR,
        {
            "answers": "Réponses",
            "abstention": "Abstention",
            "citations": "Citations",
            "points": "Réponses de plusieurs points",
            "retrieval": "Recherche",
            "speed": "Vitesse",
        },
        {
            "hallucination": "répond alors que le dossier ne dit rien",
            "abstained": "s’abstient alors que le dossier le dit",
            "wrong": "aucune réponse attendue n’y figure",
            "language": "pas dans la langue de la question",
            "invalid": "un extrait n’est pas à sa place",
            "uncited": "aucune citation",
            "unsupported": "selon le juge, une phrase n’est pas fondée par ses citations",
            "gold_not_cited": "cite autre chose que la référence",
            "gold_partly_cited": "une partie de la référence n’est pas citée",
            "beyond": "sort des points alors qu’une partie manque au dossier",
            "speaker_lost": "ne dit pas de qui sont ces paroles",
            "point_missed": "un point manque",
            "gold_not_retrieved": "cause : la référence n’a pas été trouvée",
            "gold_not_in_evidence": "cause : la référence, trouvée, n’est pas dans les extraits",
        },
        {
            "supported": "fondées",
            "quoted": "citées telles quelles",
            "partly": "fondées en partie",
            "unsupported": "non fondées",
        },
        {"": "", "cited": "cité", "gold": "référence non citée", "both": "référence citée"},
        {
            "title": "Évaluation",
            "metric": "mesure",
            "value": "valeur",
            "interval": "intervalle à 95 %",
            "questions": "questions",
            "kind": "genre",
            "language": "langue",
            "no_kind": "(aucun)",
            "all": "toutes",
            "by_kind": "Par genre de question",
            "by_language": "Par langue",
            "citation_figures": "Précision et rappel des citations",
            "latency": "Secondes jusqu’à la réponse",
            "trade": "Le prix de l’abstention",
            "trade_note": "chaque point est une exigence ; à partir de celle de cette évaluation",
            "support": "Phrases montrées",
            "same_judge": "Le juge est la vérification même qui a laissé passer ces phrases : les "
            "chiffres ALCE disent qu’elle est cohérente, non qu’elle a raison. Un autre juge se "
            "choisit avec --judge, et askdossier eval judge mesure les juges.",
            "made_with": "Obtenu avec",
            "judge": "juge",
            "writer": "modèle de langue",
            "embedder": "modèle de vecteurs",
            "index": "index",
            "documents": "documents",
            "settings": "réglages",
            "code": "programme",
            "memory": "mémoire",
            "cost": "réponses {answers} s, notation {scoring} s ({share} % en plus)",
            "fine": "conforme",
            "wrong_only": "seulement ce qui n’allait pas",
            "answer": "Réponse",
            "expected": "Attendu",
            "abstained": "s’abstient",
            "unanswerable": "le dossier ne le dit pas",
            "lacking": "absent du dossier : {}",
            "missed_point": "manque",
            "sources": "Citations et référence",
            "scores": "Notes",
            "faults": "Ce qui n’allait pas",
            "judged": "juge : {}",
            "confidence": "confiance",
            "comparison": "Comparé avec {}",
            "before": "avant",
            "after": "à présent",
            "change": "écart",
            "verdict": "verdict",
            "better": "mieux",
            "worse": "moins bien",
            "no_difference": "pas d’écart certain",
            "got_better": "Questions qui vont mieux",
            "got_worse": "Questions qui vont moins bien",
            "none": "aucune",
            "seconds": "secondes",
            "share": "part",
            "saved": "Écrit : {}",
            "missed": "{metric} vaut {value}, la borne est {bound}",
            "missed_without": "{metric} n’a pas de valeur ici, la borne est {bound}",
            "legend": "Marqué dans les sources",
            "pairs": "paires",
            "entailed": "impliquées",
            "accuracy": "exactitude",
            "macro_f1": "macro-F1",
            "precision": "précision",
            "recall": "rappel",
            "auc": "AUC",
            "file": "fichier",
            "changed": "changé",
            "sentences": "phrases",
            "as it is": "rien",
            "figure": "un chiffre",
            "date": "une date",
            "name": "un nom",
            "negation": "la négation",
            "changed_note": "Phrases du dossier face à leur passage : intactes, elles devraient "
            "être fondées ; changées, non.",
            "nothing_to_judge": "Il n’y a rien à juger : nommez des fichiers de paires annotées, "
            "ou un index avec --index.",
            "to_label": "{n} phrases sont dans {file}. Écrivez full (entièrement), partly (en "
            "partie) ou not (non) dans la colonne label, puis relancez la même commande.",
            "agreement": "{n} phrases annotées, {left} pas encore. Même étiquette : {same}. "
            "κ de Cohen : {weighted} sur les trois étiquettes (poids linéaires), {binary} pour "
            "full contre le reste.",
            "person": "personne ↓ / juge →",
            "undefined": "non défini (une seule étiquette)",
            "proposed": "{n} questions sont dans {file}, marquées « proposed » : vérifiez et "
            "corrigez chacune, puis enlevez « proposed ».",
            "accepted": "{n} questions ont été ajoutées à {file}.",
            "review": "[y] accepter  [e] corriger  [n] écarter  [q] arrêter",
            "new_question": "question",
            "new_answers": "réponses, séparées par |",
            "new_points": "points qu’elle demande, séparés par des virgules",
            "nothing_proposed": "Le modèle n’a formulé aucune question utilisable ; donnez un "
            "autre --seed.",
        },
    ),
}
