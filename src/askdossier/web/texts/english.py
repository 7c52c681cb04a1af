"""The chat in English."""

from __future__ import annotations

from askdossier.records import (
    EmptyCorpus,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    InvalidQuestion,
    ModelMissing,
)
from askdossier.web.texts.words import Texts

ENGLISH = Texts(
    language="en",
    tagline="Ask a folder of documents, check every sentence",
    promise=(
        "Every sentence of the answer points at the exact words that support it. "
        "If the documents do not say, the answer is that they do not."
    ),
    welcome="What would you like to know?",
    documents=lambda n: f"{n} document" if n == 1 else f"{n} documents",
    library="Documents",
    placeholder="Ask your documents a question",
    ask="Ask",
    stop="Stop",
    hint="Enter to ask, Shift + Enter for a new line, Esc to stop",
    question="Question",
    answer="Answer",
    searching="Searching the documents…",
    writing="Writing, then checking each sentence…",
    waiting=lambda n: (
        "In the queue: one question comes before yours."
        if n == 1
        else f"In the queue: {n} questions come before yours."
    ),
    stopped="Stopped at your request.",
    done=lambda seconds: f"Answered in {seconds} s",
    nothing_found="No passage of the documents comes near.",
    found=lambda n: "Passage found" if n == 1 else "Passages found",
    references="Sources",
    consulted=lambda n: "One more passage read" if n == 1 else f"{n} more passages read",
    nearest="Nearest passages",
    abstained="The documents do not say",
    support={
        "supported": "supported by its source",
        "quoted": "quoted word for word",
        "partly": "partly supported",
        "unsupported": "not supported",
    },
    legend="Marks",
    because="Only in part:",
    citation=lambda n: f"Source {n}",
    source="Source",
    close="Close the source",
    back="All documents",
    original="See the original",
    licence="Licence",
    file="File",
    also="also said in",
    understood="Understood as",
    no_source="This passage is no longer among the documents. Reload the page.",
    panel="Source and documents",
    loading="Loading the models… You can already write your question.",
    empty_title="There are no documents yet",
    empty_steps=(
        "Put documents (.txt, .md or .html) into the folder corpus/.",
        "Index them with the command “askdossier index corpus”.",
        "Start “askdossier chat” again, then reload this page.",
    ),
    failures={
        InvalidQuestion: (
            "This question cannot be asked",
            "Write a shorter question: a sentence or two will do.",
        ),
        ModelMissing: (
            "A model is missing",
            "Run “askdossier models pull”, then start “askdossier chat” again.",
        ),
        IndexMissing: (
            "The documents are not indexed yet",
            "Run “askdossier index corpus”, then start “askdossier chat” again.",
        ),
        IndexMismatch: (
            "The index has to be made again",
            "Run “askdossier index corpus”, then start “askdossier chat” again.",
        ),
        IndexBusy: (
            "The index is being written",
            "Wait until indexing has finished, then ask again.",
        ),
        EmptyCorpus: (
            "There are no documents yet",
            "Put documents into the folder corpus/, then run “askdossier index corpus”.",
        ),
    },
    failed="The question could not be answered",
    unexpected=(
        "Something unexpected went wrong; the terminal where askdossier runs has the details. "
        "Ask again, or restart askdossier."
    ),
    interrupted="Interrupted: askdossier ended before the answer was complete.",
    copy="Copy",
    export="Export",
    export_as=lambda name: f"Export as {name}",
    formats={"markdown": "Markdown", "docx": "DOCX", "json": "JSON"},
    judge="Report",
    judgements={
        "wrong-source": "Wrong source",
        "incomplete": "Incomplete answer",
        "off-topic": "Off topic",
    },
    retry="Try again",
    edit="Edit",
    undo="Undo",
    page=lambda n: f"p.\N{NO-BREAK SPACE}{n}",
    source_lost="These words are no longer among the documents",
    source_lost_advice=(
        "The document has been changed or removed since the answer. The words quoted then:"
    ),
    source_moved="The document has changed since the answer; the quoted words still stand here.",
    step=lambda at, total: f"{at} of {total}",
    previous="Previous citation",
    next="Next citation",
    new="New conversation",
    open_side="Documents",
    thread="Conversation",
    conversations="Conversations",
    no_conversations="Your conversations will be kept here, on this computer.",
    questions=lambda n: f"{n} question" if n == 1 else f"{n} questions",
    more="More",
    rename="Rename",
    delete="Delete",
    cancel="Cancel",
    script={
        "lost": "The connection to askdossier is lost. Check that it runs, then reload the page.",
        "stopping": "Stopping…",
        "copied": "Answer copied with its citations.",
        "notCopied": "The browser does not allow copying; export the answer as Markdown.",
        "rename": "Rename the conversation",
        "name": "Name",
        "save": "Save",
        "delete": "Delete this conversation?",
        "deleteText": "Its questions and answers will be erased from this computer.",
        "deleteDo": "Delete",
        "judge": "What is wrong?",
        "comment": "Comment (optional)",
        "judgeDo": "Send",
        "judged": "Thank you: this is noted beside the index and stays on this computer.",
        "missing": "This conversation no longer exists.",
    },
    accessed="accessed",
    quotes=("“", "”"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    decimal=".",
)
