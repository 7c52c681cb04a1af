// Gradio runs these files, one after the other, as the body of one function with `element` (our
// root), `trigger` (send an event), `props` (what the server sent last), `server` (functions),
// `upload` and `watch`. All HTML comes ready and escaped from render; what is built here uses
// textContent only.

const PHONE = window.matchMedia("(max-width: 62rem)");

const find = (selector) => element.querySelector(selector);
const all = (selector) => [...element.querySelectorAll(selector)];
const language = () => document.documentElement.lang;
const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
let words = {}; // what the page says by itself, in the language of the interface

// Gradio's server functions give undefined, not an error, when the server cannot be reached.
async function call(name, given = {}) {
  const answer = await server[name]({ language: language(), ...given });
  if (answer === undefined || answer === null) throw new Error(`no answer to ${name}`);
  return answer;
}

// As `call`, but a server that cannot be reached is told, and gives undefined.
async function attempt(name, given) {
  try {
    return await call(name, given);
  } catch {
    note(words.lost, true);
    return undefined;
  }
}

// Whether the server did what it gives back no problem for; a problem is told.
async function change(name, given) {
  const problem = await attempt(name, given);
  if (problem) note(problem, true);
  return problem === "";
}

function fragment(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

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

function openPage(shell) {
  element.replaceChildren(fragment(shell));
  document.documentElement.lang = find(".ad-page").lang;
  words = JSON.parse(find(".ad-page").dataset.words);
  if (!PHONE.matches) find("#ad-question").focus();
  whenReady();
  openFromAddress();
}

watch("value", () => {
  const update = props.value;
  if (!update) return;
  if (update.shell) openPage(update.shell);
  else if (update.turn) showTurn(update);
});

// --- messages and the one dialog ---

let forgetting = 0;

// `passing` messages go away by themselves.
function note(message, failed = false, passing = false) {
  clearTimeout(forgetting);
  const line = find(".ad-note");
  line.textContent = message;
  line.hidden = message === "";
  line.classList.toggle("ad-note-failed", failed);
  if (passing) forgetting = setTimeout(() => note(""), 5000);
}

// A labelled line of a dialog; `field` is {name, label, value}.
function fieldNode({ name, label, value = "" }) {
  const node = document.createElement("label");
  const caption = document.createElement("span");
  const input = document.createElement("input");
  node.className = "ad-dialog-field";
  caption.textContent = label;
  Object.assign(input, { type: "text", name, value, autocomplete: "off" });
  node.append(caption, input);
  return node;
}

// Ask the reader; gives the texts of the fields by name, or null when it was cancelled.
function dialog({ title, text = "", problem = "", fields = [], confirm }) {
  const box = find(".ad-dialog");
  box.querySelector("h2").textContent = title;
  for (const [selector, words] of [[".ad-dialog-text", text], [".ad-dialog-problem", problem]]) {
    const lines = box.querySelector(selector);
    lines.textContent = words;
    lines.hidden = words === "";
  }
  box.querySelector(".ad-dialog-fields").replaceChildren(...fields.map(fieldNode));
  box.querySelector('[value="confirm"]').textContent = confirm;
  box.returnValue = "";
  box.showModal();
  box.querySelector(fields.length ? ".ad-dialog-field input" : ".ad-cancel").focus();
  return new Promise((answer) => {
    const closed = () => {
      const given = [...box.querySelectorAll(".ad-dialog-field input")].map(({ name, value }) => [name, value]);
      answer(box.returnValue === "confirm" ? Object.fromEntries(given) : null);
    };
    box.addEventListener("close", closed, { once: true });
  });
}
