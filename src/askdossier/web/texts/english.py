"""The chat in English."""

from __future__ import annotations

from askdossier import lang
from askdossier.core import (
    ConsentMissing,
    EmptyCorpus,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    InvalidFilter,
    InvalidQuestion,
    ModelMissing,
    Pending,
    WriterFailed,
)
from askdossier.web.texts.words import Texts, duration


def _pending(pending: Pending) -> str:
    if pending.outdated:
        return "Files can now be read better: the index should be made again."
    counts = {
        "new": len(pending.added),
        "changed": len(pending.changed),
        "gone": len(pending.removed),
    }
    parts = [f"{n}\N{NO-BREAK SPACE}{what}" for what, n in counts.items() if n]
    return f"Files that have changed since they were indexed: {', '.join(parts)}."


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
    checked=lambda n: (
        f"{n} sentence checked, more to come…"
        if n == 1
        else f"{n} sentences checked, more to come…"
    ),
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
    possible="May answer – read and judge for yourself",
    abstained="The documents do not say",
    doubtful=lambda n: "One more, less certain" if n == 1 else f"{n} more, less certain",
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
    recognised="Text recognised in a scan: check it against the pages",
    file="File",
    also="also said in",
    understood="Understood as",
    no_source="This passage is no longer among the documents. Reload the page.",
    panel="Source and documents",
    loading="Loading the models… You can already write your question.",
    empty_title="There are no documents yet",
    empty_steps=(
        "Add documents: drop them here, or choose them.",
        "They are read and indexed on this computer; nothing leaves it.",
        "Ask your question.",
    ),
    failures={
        InvalidQuestion: (
            "This question cannot be asked",
            "Write a shorter question: a sentence or two will do.",
        ),
        InvalidFilter: (
            "There is no document to ask",
            "Change or clear the limits set to the question.",
        ),
        WriterFailed: (
            "The language model’s server does not do its part",
            "What has been shown stays. See to the server, then try again.",
        ),
        ConsentMissing: (
            "The language model is not on this machine",
            "Allow its server in the settings, or choose a writer that is here.",
        ),
        ModelMissing: (
            "A model is missing",
            "Run “askdossier models pull”, then start “askdossier chat” again.",
        ),
        IndexMissing: (
            "The documents are not indexed yet",
            "“Bring the index up to date” in the settings indexes them.",
        ),
        IndexMismatch: (
            "The index has to be made again",
            "“Bring the index up to date” in the settings makes it again from your documents.",
        ),
        IndexBusy: (
            "The index is being written",
            "Wait until indexing has finished, then ask again.",
        ),
        EmptyCorpus: (
            "There are no documents yet",
            "Add some under “Documents”.",
        ),
    },
    said=str,
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
    locator=lang.of("en").named,
    as_image="View the page",
    page_image=lambda n: f"Page {n}, as it is in the file",
    no_image="The page cannot be shown",
    no_boxes="The quoted words could not be located for certain on this page.",
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
    search_said="Search the conversations",
    nothing_said="No conversation holds that.",
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
        "limited": "Question limited to the selection:",
        "one": "1 document",
        "several": "% documents",
        "after": "from %",
        "before": "until %",
        "adding": "Adding %…",
        "takeOut": "Remove this document?",
        "takeOutText": (
            "Its file is put aside in the hidden folder “.removed” of the folder of documents, "
            "where you can find it again."
        ),
        "takeOutWithin": "It lies in %, which is removed with everything in it.",
        "takeOutDo": "Remove",
        "leave": "Let documents leave the index?",
        "leaveDo": "Let them leave",
        "allow": "Send text to another machine?",
        "allowDo": "Send it there from now on",
        "choosing": "Loading the writer…",
        "chosen": "This writer is used from the next question on.",
        "describe": "Details of the document",
        "describeText": (
            "Kept in a small file beside the document. A field left empty takes what the document "
            "says itself."
        ),
        "busy": "The index is being updated already; it will take these files next.",
        "missing": "This conversation no longer exists.",
    },
    settings="Settings",
    search="Search titles and texts",
    add="Add files",
    add_how=(
        "or drop them here: PDF, documents of Word, Excel, PowerPoint and LibreOffice, web pages, "
        "mail, calendars, EPUB, text, Markdown, CSV, JSON, subtitles, pictures of text, ZIP"
    ),
    scope="Limit the questions",
    scope_how="Tick documents below to ask only these, or choose dates.",
    after="From",
    before="Until",
    everything="All documents",
    nothing_here="No documents.",
    more_documents=lambda n: f"and {n} more: narrow the search.",
    only=lambda title: f"Ask only “{title}”",
    passages=lambda n: f"{n} passage" if n == 1 else f"{n} passages",
    take_out="Remove from the documents",
    within_file=lambda name: f"in {name}",
    describe="Edit its details",
    facts={
        "title": "Title",
        "author": "Author",
        "publisher": "Publisher",
        "date": "Date (2025, 2025-11 or 2025-11-07)",
        "url": "Address (https://…)",
        "licence": "Licence",
    },
    indexed="indexed on",
    states={"changed": "changed since", "gone": "file gone"},
    pending=_pending,
    not_indexed=lambda n: f"{n} file not indexed" if n == 1 else f"{n} files not indexed",
    removed=lambda n: f"{n} piece left out" if n == 1 else f"{n} pieces left out",
    reasons={},
    languages={
        "fr": "French",
        "en": "English",
        "de": "German",
        "es": "Spanish",
        "it": "Italian",
    },
    already=lambda name: f"“{name}” is among the documents already.",
    suggested="Possible questions",
    progress="Progress",
    stages={
        "fetch": "Fetching the models, once and for all…",
        "wait": "Another askdossier is installing the models…",
        "convert": "Preparing the models, once and for all…",
        "checking": "Looking at the files…",
        "reading": "Reading the documents…",
        "recognising": "Recognising the text of scanned pages and pictures…",
        "embedding": "Indexing the passages…",
        "saving": "Saving the index…",
    },
    left=lambda seconds: f"about {duration(seconds)} left",
    synced=lambda done: (
        f"Up to date: {len(done.added)} added, {len(done.changed)} changed, "
        f"{len(done.removed)} removed, {len(done.failed)} unreadable"
        f"{f', {len(done.stale)} kept as they were' if done.stale else ''}."
    ),
    reindex="Bring the index up to date",
    reindex_how="Reads new and changed files again; the rest is kept.",
    interface="Language of the interface",
    strictness="Strictness",
    strictness_how=(
        "How sure it must be that the documents answer the question, and the sentence too, for it "
        "to be shown. The choice is kept with the index."
    ),
    lenient="answers whenever it can",
    strict="abstains when in doubt",
    models="Models",
    models_how=(
        "“writer” and “embedder” in askdossier.toml choose others (a name or a folder); then start "
        "askdossier again. What stands there beats what is chosen here."
    ),
    allow="Allow this server",
    another_writer="another one, behind a server…",
    server_address="The server and its model",
    server_examples="ollama:MODEL, openai:URL#MODEL",
    use_writer="Use this writer",
    use_writer_how=(
        "It writes from the next question on, for everybody who uses this chat; the choice is kept "
        "with the index. A writer that is not calibrated answers only when it is very sure. One on "
        "another machine gets the questions and what they find: you are asked first."
    ),
    shared_writer=(
        "Several people share this chat: only who runs it names a server that is not in the list."
    ),
    abilities={
        "logprobs": "Tells probabilities",
        "schema": "Can be held to a form (JSON schema)",
        "prefill": "Goes on with a given beginning",
        "thinks": "Thinks aloud",
        "calibrated": "Calibrated",
    },
    yes="yes",
    no="no",
    strict_without="no, so it is strict",
    models_load="A model is being loaded; choose a writer when that is done.",
    writer_not_loaded="This writer could not be loaded; the program’s log says why.",
    old_writer_stays="The writer before it stays in use.",
    would_leave=lambda writer, server: (
        f"The writer {writer} is at {server}, which is not this machine: your questions, and what "
        "they find in the documents, would be sent there. So would those of everybody who uses "
        "this chat."
    ),
    catalogue="Known models, and how to get them",
    megabytes=lambda n: f"{n} MB",
    on_disk="on this disk",
    to_fetch="to be fetched",
    writer="Writing",
    embedder="Searching",
    files="Files",
    corpus="Documents",
    index="Index",
    models_folder="Models",
    accessed="accessed",
    unsaved=lambda why: (
        f"This answer could not be saved yet ({why}). It is tried again when the conversation is "
        "opened or goes on; until then, do not end the program, or copy the answer."
    ),
    unchanged=lambda why: f"The conversation could not be changed ({why}).",
    sign_in="Sign in",
    user="User",
    password="Password",
    wrong_password="That is not the user and the password.",
    wait_to_sign_in=lambda seconds: (
        f"Too many wrong passwords: wait {duration(seconds)}, then try again."
    ),
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
