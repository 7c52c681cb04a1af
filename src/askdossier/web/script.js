// The page's behaviour. Gradio runs this once as a function body with `element` (our root),
// `trigger` (send an event), `props` (what the server sent last), `server` (functions) and `watch`.
// All HTML comes ready and escaped from render.py; what is built here uses textContent only.

"use strict";

const PHONE = window.matchMedia("(max-width: 62rem)");
let turns = 0; // questions asked so far; also the number of the last one
let running = false;
let shown = ""; // key of the open source
let opener = null; // where focus goes back to when the panel closes

const find = (selector) => element.querySelector(selector);
const language = () => document.documentElement.lang;

// Gradio's server functions give undefined, not an error, when the server cannot be reached.
async function call(name, given) {
  const answer = await server[name](given);
  if (answer === undefined || answer === null) throw new Error(`no answer to ${name}`);
  return answer;
}

// --- showing what the server sends ---

// Make `old` equal to `fresh` while keeping nodes that did not change, and with them the focus,
// the selection and what the reader has unfolded.
function morph(old, fresh) {
  const wanted = new Set([...fresh.children].map((child) => child.dataset.key));
  const kept = new Map();
  for (const child of [...old.childNodes]) {
    const key = child.dataset?.key;
    if (key && wanted.has(key)) kept.set(key, child);
    else child.remove();
  }
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const same = kept.get(next.dataset?.key);
    if (!same) {
      old.insertBefore(next, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at); // moved, which costs the focus, so only when it must be
    if (same.isEqualNode(next)) continue;
    const [list, nextList] = [same, next].map((node) => node.querySelector(":scope > ol"));
    if (same.tagName !== next.tagName) same.replaceWith(next);
    else if (list && nextList) {
      same.firstElementChild.replaceWith(next.firstElementChild);
      morph(list, nextList);
    } else if (next.querySelector(":scope > [data-key]")) morph(same, next);
    else same.replaceWith(next);
  }
}

function fragment(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

function openPage(shell) {
  element.replaceChildren(fragment(shell));
  document.documentElement.lang = find(".ad-page").lang;
  const box = find("#ad-question");
  if (!PHONE.matches) box.focus();
  whenReady();
}

function turnElement(number) {
  let article = find(`.ad-turn[data-turn="${number}"]`);
  if (!article) {
    article = document.createElement("article");
    article.className = "ad-turn";
    article.dataset.turn = number;
    find(".ad-thread").append(article);
  }
  return article;
}

function showTurn(update) {
  const article = turnElement(update.turn);
  if (article.dataset.stopped && update.running) return; // the reader has stopped it already
  morph(article, fragment(update.html));
  article.setAttribute("aria-busy", String(update.running));
  if (update.turn === turns) setRunning(update.running && !article.dataset.stopped);
  markOpen();
}

watch("value", () => {
  const update = props.value;
  if (!update) return;
  if (update.shell) openPage(update.shell);
  else if (update.turn) showTurn(update);
});

// --- asking and stopping ---

function setRunning(now) {
  running = now;
  find(".ad-stop").hidden = !now;
  find(".ad-ask").hidden = now;
}

function fit(box) {
  box.style.height = "auto";
  if (box.value) box.style.height = `${box.scrollHeight}px`;
}

function ask() {
  const box = find("#ad-question");
  const question = box.value.trim();
  if (!question || running) return;
  turns += 1;
  find(".ad-welcome")?.remove();
  setRunning(true);
  const article = turnElement(turns);
  const heading = document.createElement("h2");
  heading.className = "ad-question";
  heading.dataset.key = "question";
  heading.textContent = question;
  article.append(heading);
  for (const earlier of element.querySelectorAll(".ad-turn")) earlier.classList.toggle("ad-last", earlier === article);
  article.scrollIntoView({ block: "start" });
  trigger("ask", { turn: turns, question });
  watchOver(turns);
  box.value = "";
  fit(box);
}

// Gradio keeps quiet about a server that is gone, so look now and then while an answer is awaited.
async function watchOver(number) {
  while (running && turns === number) {
    await new Promise((wake) => setTimeout(wake, 3000));
    try {
      await call("readiness", language());
    } catch {
      if (!running || turns !== number) return;
      note(find(".ad-composer").dataset.lost, true);
      settle(number, "");
      return;
    }
  }
}

// Show a question as no longer awaited, whatever the server may still say.
function settle(number, words) {
  const article = turnElement(number);
  article.dataset.stopped = "yes";
  article.setAttribute("aria-busy", "false");
  const status = article.querySelector(".ad-status");
  if (status) {
    status.classList.remove("ad-running");
    status.firstElementChild.textContent = words;
  }
  setRunning(false);
}

function stop() {
  if (!running) return;
  trigger("stop", { turn: turns });
  settle(turns, find(".ad-composer").dataset.stopping);
  find("#ad-question").focus();
}

// --- the source panel ---

const keyOf = (data) => `${data.document}|${data.start}|${data.end}`;

function markOpen() {
  for (const place of element.querySelectorAll('.ad-thread [data-do="source"]')) {
    const open = shown !== "" && keyOf(place.dataset) === shown;
    if (open) place.setAttribute("aria-current", "true");
    else place.removeAttribute("aria-current");
  }
}

function showSide(what) {
  find(".ad-library").hidden = what !== "library";
  find(".ad-source").hidden = what !== "source";
  find(".ad-page").classList.toggle("ad-side-open", what !== null);
  if (what === null) {
    find(".ad-library").hidden = false;
    shown = "";
    markOpen();
  }
}

async function openSource(place) {
  const data = place.dataset;
  const key = keyOf(data);
  hidePreview();
  if (!place.closest(".ad-side")) opener = place;
  shown = key;
  markOpen();
  let html;
  try {
    html = await call("source", {
      language: language(),
      document: data.document,
      start: Number(data.start),
      end: Number(data.end),
      number: Number(data.number),
    });
  } catch {
    note(find(".ad-composer").dataset.lost, true);
    return;
  }
  if (shown !== key) return; // another one was opened meanwhile
  const panel = find(".ad-source");
  panel.replaceChildren(fragment(html));
  showSide("source");
  const mark = panel.querySelector("mark");
  if (mark) {
    const text = panel.querySelector(".ad-text");
    const at = mark.getBoundingClientRect();
    const top = at.top - text.getBoundingClientRect().top;
    // A third down the panel, so that what comes before is seen too; a long quote from its start.
    const lead = Math.min(text.clientHeight / 3, Math.max(24, text.clientHeight - at.height - 24));
    text.scrollTop += top - lead;
  }
  panel.querySelector("h2, h3")?.focus({ preventScroll: true });
}

function closeSide() {
  showSide(null);
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}

// --- the preview of a quote ---

function showPreview(mark) {
  const preview = find(".ad-preview");
  find(".ad-preview-quote").textContent = mark.dataset.quote;
  find(".ad-preview-from").textContent = mark.dataset.from;
  preview.hidden = false;
  mark.setAttribute("aria-describedby", "ad-preview");
  const at = mark.getBoundingClientRect();
  const box = preview.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left - 24), window.innerWidth - box.width - 8);
  const above = at.top - box.height - 8;
  preview.style.left = `${left}px`;
  preview.style.top = `${above >= 8 ? above : at.bottom + 8}px`;
}

function hidePreview() {
  find(".ad-preview").hidden = true;
}

// --- the models ---

function note(words, failed) {
  const line = find(".ad-note");
  line.textContent = words;
  line.hidden = words === "";
  line.classList.toggle("ad-note-failed", failed);
}

async function whenReady() {
  for (;;) {
    let state;
    try {
      state = await call("readiness", language());
    } catch {
      return note(find(".ad-composer").dataset.lost, true);
    }
    note(state.note, state.failed);
    if (!state.loading) return undefined;
    await new Promise((wake) => setTimeout(wake, 700));
  }
}

// --- clicks and keys, once for all that will ever be shown ---

element.addEventListener("click", (event) => {
  const target = event.target.closest("[data-do]");
  if (!target) return;
  const chosen = window.getSelection();
  const selecting = target.matches(".ad-sentence") && !chosen.isCollapsed && chosen.containsNode(target, true);
  if (target.dataset.do === "source" && !selecting) openSource(target);
  else if (target.dataset.do === "library") {
    if (!target.closest(".ad-side")) opener = target;
    shown = "";
    markOpen();
    showSide("library");
  } else if (target.dataset.do === "close") closeSide();
  else if (target.dataset.do === "stop") stop();
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

element.addEventListener("input", (event) => {
  if (event.target.id === "ad-question") fit(event.target);
});

element.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (target.id === "ad-question" && key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask();
  } else if (target.matches(".ad-sentence") && (key === "Enter" || key === " ")) {
    event.preventDefault();
    openSource(target);
  }
});

document.addEventListener("keydown", (event) => {
  if (!find(".ad-page")) return;
  if (event.key === "Escape") {
    if (running) stop();
    else if (find(".ad-page").classList.contains("ad-side-open")) closeSide();
  } else if (event.key === "/" && !event.target.closest("input, textarea")) {
    event.preventDefault();
    find("#ad-question").focus();
  }
});

for (const [come, go] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  element.addEventListener(come, (event) => {
    const mark = event.target.closest?.(".ad-mark");
    if (mark) showPreview(mark);
  });
  element.addEventListener(go, (event) => {
    if (event.target.closest?.(".ad-mark")) hidePreview();
  });
}
element.addEventListener("scroll", () => find(".ad-preview") && hidePreview(), true);

if (props.value?.shell) openPage(props.value.shell);
