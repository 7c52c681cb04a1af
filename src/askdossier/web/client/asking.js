// --- asking, stopping, and what can be done with an answer ---

let conversation = newId(); // on the server it begins with its first question
let running = ""; // the turn that is awaited

function turnElement(turn) {
  return find(`.ad-turn[data-turn="${turn}"]`);
}

function addTurn(turn) {
  find(".ad-welcome")?.remove();
  const article = document.createElement("article");
  article.className = "ad-turn";
  article.dataset.turn = turn;
  find(".ad-thread").append(article);
  markLast();
  return article;
}

function markLast() {
  const turns = all(".ad-turn");
  for (const turn of turns) turn.classList.toggle("ad-last", turn === turns.at(-1));
}

function showTurn(update) {
  const article = turnElement(update.turn);
  if (!article) return; // of a conversation that is no longer shown
  if (article.dataset.stopped && update.running) return; // the reader has stopped it already
  morph(article, fragment(update.html));
  if (update.note) note(update.note, true);
  article.setAttribute("aria-busy", String(update.running));
  if (update.running && !article.dataset.stopped) setRunning(update.turn);
  else if (update.turn === running) setRunning("");
  markOpen();
  if (!update.running) refreshConversations(); // it has one question more
}

function setRunning(turn) {
  running = turn;
  find(".ad-stop").hidden = turn === "";
  find(".ad-ask").hidden = turn !== "";
}

function fit(box) {
  box.style.height = "auto";
  if (box.value) box.style.height = `${box.scrollHeight}px`;
}

let replaced = ""; // the turn whose question is being edited

function ask() {
  const box = find("#ad-question");
  const question = box.value.trim();
  if (!question || running || box.disabled) return;
  put(question, replaced);
  replaced = "";
  box.value = "";
  fit(box);
}

// Ask `question`, in place of the turn `instead` when there is one.
function put(question, instead = "") {
  const turn = newId();
  removeFrom(instead);
  const article = addTurn(turn);
  const heading = document.createElement("h2");
  heading.className = "ad-question";
  heading.dataset.key = "question";
  heading.textContent = question;
  article.append(heading);
  article.setAttribute("aria-busy", "true");
  setRunning(turn);
  article.scrollIntoView({ block: "start" });
  trigger("ask", { conversation, turn, question, replaces: instead, within: within() });
  showAddress();
  watchOver(turn);
}

function removeFrom(turn) {
  const turns = all(".ad-turn");
  const at = turns.findIndex((article) => article.dataset.turn === turn);
  if (at >= 0) for (const article of turns.slice(at)) article.remove();
}

// Gradio keeps quiet about a server that is gone, so look now and then while an answer is awaited.
async function watchOver(turn) {
  while (running === turn) {
    await new Promise((wake) => setTimeout(wake, 3000));
    try {
      await call("readiness");
    } catch {
      if (running !== turn) return;
      note(words.lost, true);
      settle(turn, "");
      return;
    }
  }
}

// Show a question as no longer awaited, whatever the server may still say.
function settle(turn, message) {
  const article = turnElement(turn);
  if (article) {
    article.dataset.stopped = "yes";
    article.setAttribute("aria-busy", "false");
    const status = article.querySelector(".ad-status");
    if (status) {
      status.classList.remove("ad-running");
      status.firstElementChild.textContent = message;
    }
  }
  setRunning("");
}

function stop() {
  if (!running) return;
  trigger("stop", { turn: running });
  settle(running, words.stopping);
  find("#ad-question").focus();
}

// --- what can be done with an answer ---

const turnOf = (target) => target.closest(".ad-turn").dataset.turn;
const questionOf = (target) => {
  const heading = target.closest(".ad-turn").querySelector(".ad-question").cloneNode(true);
  heading.querySelector(".ad-hidden")?.remove();
  return heading.textContent;
};

function retry(target) {
  if (!running) put(questionOf(target), turnOf(target));
}

function compose(question) {
  const box = find("#ad-question");
  box.value = question;
  fit(box);
  box.focus();
}

function edit(target) {
  if (running) return;
  replaced = turnOf(target);
  compose(questionOf(target));
}

async function undo(target) {
  if (running) return;
  const turn = turnOf(target);
  const question = questionOf(target);
  if (!(await change("undo", { conversation, turn }))) return;
  removeFrom(turn);
  markLast();
  replaced = "";
  compose(question);
  refreshConversations();
}

async function copy(target) {
  const file = await attempt("exported", { conversation, turn: turnOf(target), format: "text" });
  if (!file?.name) return;
  const bytes = Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
  try {
    await navigator.clipboard.writeText(new TextDecoder().decode(bytes));
    note(words.copied, false, true);
  } catch {
    note(words.notCopied, true);
  }
}

async function exportTo(format, of, turn = "") {
  const file = await attempt("exported", { conversation: of, turn, format });
  if (!file?.name) return;
  const bytes = Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function judge(target) {
  const { kind } = target.dataset;
  const turn = turnOf(target);
  // The citation that was being looked at is the one that is meant.
  const open = target.closest(".ad-turn").querySelector(".ad-mark[aria-current]");
  const citation = kind === "wrong-source" && open ? Number(open.dataset.number) : 0;
  const title = citation ? `${target.textContent} [${citation}]` : target.textContent;
  const said = await dialog({ title, fields: [{ name: "comment", label: words.comment }], confirm: words.judgeDo });
  if (said === null) return;
  if (await attempt("feedback", { conversation, turn, kind, citation, ...said })) note(words.judged, false, true);
}
