"""English."""

from __future__ import annotations

from askdossier.lang.en import questions, times
from askdossier.lang.en.asking import ASKING
from askdossier.lang.en.grammar import GRAMMAR
from askdossier.lang.en.names import NAMES, NEGATION
from askdossier.lang.en.numbers import MEASURES, NUMBERS
from askdossier.lang.en.several import SEVERAL
from askdossier.lang.en.speech import SPEECH
from askdossier.lang.en.spelling import SPELLING
from askdossier.lang.en.wanted import WANTED
from askdossier.lang.lexicon import Lexicon, Prompts, Sayings, WriterSayings

_TELLING = frozenset(
    "the of and is are was were be been being do does did what which who whom whose when "
    "where why how many much that this these those it its he she they his her their them to in "
    "for from with by at into about as or but not there has have had can could would should will "
    "than then you your my me we our i name list explain give tell".split()
)
_STOP_WORDS = frozenset(
    "a an and are as at be been being but by can could did do does doing for from had has have "
    "having he her here hers him his how i if in into is it its just me more most my no nor not of "
    "off on once only or other our ours out over own same she should so some such than that the "
    "their theirs them then there these they this those through to too under until up very was we "
    "were what when where which while who whom whose why will with would you your yours ca "
    "wo".split()
)
_PROMPTS = Prompts(
    system=(
        "You answer a question from excerpts of documents, adding nothing. "
        "First write Yes if the excerpts give the answer to the question, otherwise No. "
        "Then, on a new line, answer in English in one short complete sentence, with the words "
        "of the excerpts."
    ),
    request="Excerpts:\n{evidence}\n\nQuestion: {question}",
    yes="Yes",
    no="No",
    answer="Full answer in English:",
    rewriting=(
        "Rewrite the last question of a conversation so that it is understood without the "
        "rest: replace pronouns by names, repeat what is missing, add nothing."
    ),
    example=(
        "Question: Who runs the library of Sens?\nAnswer: Anne Roy runs it.\n"
        "Follow-up: And since when?\n"
        "Full question: Since when has Anne Roy run the library of Sens?\n\n"
        "Question: {question}\nAnswer: {answer}\nFollow-up: {further}"
    ),
    rewritten="Full question: ",
    fully=(
        "You answer a question from excerpts of documents, adding nothing. Answer in English, "
        "completely, in five sentences at most and no more than it takes, each with the words of "
        "the excerpts. Do not repeat yourself, and do not speak of the excerpts."
    ),
    insisting="Answer in English, and in no other language.",
    checking=(
        "You check answers. Write Yes if the proposed answer says exactly what the question asks "
        "and the excerpt proves it, otherwise No."
    ),
    proposed="Excerpt:\n{evidence}\n\nQuestion: {question}\nProposed answer: {answer}",
    proving="You check whether a text proves a statement. You answer Yes or No.",
    choosing=(
        "You choose, from numbered sentences, all that answer a question. You reply with their "
        "numbers only, separated by commas."
    ),
    numbered="Sentences:\n{evidence}\n\nQuestion: {question}",
    only_numbers="Numbers only, separated by commas. Numbers:",
    which="What are the {topic}?",
    told_of="What do the documents say about {topic}?",
    proof="Text:\n{text}\n\nStatement: {statement}\n\nDoes the text prove the statement?",
)
_SAYINGS = Sayings(
    small_talk={
        "greeting": "Hello! Ask a question about the documents of this dossier.",
        "thanks": "You’re welcome. Another question?",
        "farewell": "Goodbye.",
        "help": (
            "I answer questions about the documents of this dossier, and nothing else: every "
            "sentence of an answer points at the exact words that support it, and I say so "
            "when the dossier does not answer. You can also ask what the documents are about, "
            "or which of them mention a name."
        ),
    },
    abstention="The dossier does not answer this question.",
    unknown="No document uses {}.",
    nor=" or ",
    about="(about: {})",
    none_hold="None of the {total} documents contains {phrase}.",
    one_holds="1 document of {total} contains {phrase}.",
    several_hold="{count} documents of {total} contain {phrase}.",
    none_spells="None of the {total} documents says what {phrase} stands for.",
    none_defines="No document defines {phrase}.",
    times="{title} ({count} times)",
    one_document="The dossier holds one document.",
    documents="The dossier holds {total} documents.",
    first="Here are the first {}.",
    looked="Sentences read for this answer: {count}, from {documents} documents.",
    further="Others, farther from the question, were not read.",
    asked_in=(
        "The question seems to be in another language ({language}) than those known here "
        "({known}). It is answered in English, and whether the answer gives what is asked for "
        "(a figure, a date, yes or no) is not checked."
    ),
    cited_in=(
        "Some of the words cited are in a language ({language}) that is not known here ({known}): "
        "whether they deny what the answer says, and their numbers and dates in words, are not "
        "checked."
    ),
)
_WRITER = WriterSayings(
    left=(
        "To write this, {server} was sent the question and the passages that it found: they "
        "left this machine."
    ),
    uncalibrated=(
        "{name} is not calibrated: it answers only when it is very sure. askdossier calibrate "
        "mends that."
    ),
    calibrated=(
        "calibrated on {date} with {readings} readings: at strictness {strictness} it takes "
        "{hallucination} % of the evidence that does not answer for an answer, and passes over "
        "{error} % of that which does"
    ),
    outdated=(
        "calibrated on {date}, behind prompts that have changed since: that no longer counts. Run: "
        "askdossier calibrate"
    ),
    unread="Passages that the writer’s context had no room for: {count}.",
    here="at {server}, on this machine",
    away="at {server}: questions and what they find leave this machine",
    context="context of {count} tokens",
    unknown_context="says nothing of its context: {count} tokens are counted on",
    votes="gives no probabilities: asked several times whether the passages answer",
    free="holds its replies to no form: they are read as they come",
    led="does not go on with a given beginning: the request leads it there",
    aloud="thinks before it replies: a reply is shown once it is whole",
    at_once="replies at once: {count}",
    size="parameters of the model: {count} million",
)

_FILTERS = {
    "author": "author", "publisher": "publisher", "before": "before", "after": "after",
    "doc": "documents", "document": "documents", "language": "language", "lang": "language",
}  # fmt: skip
_LANGUAGES = {
    "french": "fr", "english": "en", "german": "de", "spanish": "es", "italian": "it",
}  # fmt: skip

ENGLISH = Lexicon(
    name="English",
    telling=_TELLING,
    letters="",
    stop_words=_STOP_WORDS,
    stemmer="english",
    quotation=("“", "”"),
    colon=": ",
    months=tuple(
        "january february march april may june july august "
        "september october november december".split()
    ),
    short_months={
        "jan": 1,
        "feb": 2,
        "mar": 3,
        "apr": 4,
        "jun": 6,
        "jul": 7,
        "aug": 8,
        "sept": 9,
        "sep": 9,
        "oct": 10,
        "nov": 11,
        "dec": 12,
    },
    weekdays=tuple("monday tuesday wednesday thursday friday saturday sunday".split()),
    month_first=True,
    capital_months=frozenset("march may august june april".split()),
    leaves={
        "page": "p.\N{NO-BREAK SPACE}{}",
        "sheet": "sheet\N{NO-BREAK SPACE}{}",
        "slide": "slide\N{NO-BREAK SPACE}{}",
    },
    prompts=_PROMPTS,
    sayings=_SAYINGS,
    tesseract="eng",
    spelling=SPELLING,
    filters=_FILTERS,
    languages=_LANGUAGES,
    questions=questions.ENGLISH,
    several=SEVERAL,
    asking=ASKING,
    followups=questions.FOLLOWUPS,
    suggesting=questions.SUGGESTING,
    times=times.TIMES,
    replies=questions.REPLIES,
    wanted=WANTED,
    numbers=NUMBERS,
    measures=MEASURES,
    names=NAMES,
    negation=NEGATION,
    total=r"(?:sub[- ]?)?totals?\b",
    last_total=(
        r"(?:grand|overall) total\b|total (?:due|payable)\b|net pay\b|(?:amount|balance) due\b"
    ),
    writer=_WRITER,
    speech=SPEECH,
    grammar=GRAMMAR,
)
