// --- the documents: the list, what limits a question, adding and taking out, settings ---

const picked = new Set(); // ids of the only documents to ask
let listed = 0; // counts the requests for the list, so that a late answer is not shown
let waiting = 0;

async function refreshLibrary() {
  listed += 1;
  const request = listed;
  const known = await attempt("library", { wanted: find("#ad-wanted").value });
  if (!known || request !== listed) return;
  morph(find("#ad-list"), fragment(known.html));
  find("#ad-tab-documents span").textContent = known.documents;
  for (const entry of all(".ad-entry")) {
    const box = entry.querySelector(".ad-pick");
    if (box) box.checked = picked.has(entry.dataset.document);
  }
  showCount(known.documents);
}

// With the first document the composer opens, with none it closes.
async function showCount(documents) {
  const box = find("#ad-question");
  const closed = documents === 0;
  if (box.disabled === closed) return;
  box.disabled = closed;
  find(".ad-ask").disabled = closed;
  if (!find(".ad-welcome")) return;
  const known = await attempt("conversation", { conversation: newId() });
  if (known && find(".ad-welcome")) find(".ad-thread").replaceChildren(fragment(known.welcome));
}

// Search when the reader pauses.
function soon(search) {
  clearTimeout(waiting);
  waiting = setTimeout(search, 250);
}

// --- asking only some documents ---

const dateOf = (name) => find(`.ad-dates input[name="${name}"]`).value;

function within() {
  const limits = { documents: [...picked], after: dateOf("after"), before: dateOf("before") };
  return picked.size || limits.after || limits.before ? limits : null;
}

function showWithin() {
  const limits = within();
  find(".ad-within").hidden = limits === null;
  if (limits === null) return;
  const parts = [];
  const say = (date) => new Date(`${date}T12:00`).toLocaleDateString(language());
  if (picked.size) parts.push(picked.size === 1 ? words.one : words.several.replace("%", picked.size));
  if (limits.after) parts.push(words.after.replace("%", say(limits.after)));
  if (limits.before) parts.push(words.before.replace("%", say(limits.before)));
  find(".ad-within span").textContent = `${words.limited} ${parts.join(", ")}.`;
}

function askEverything() {
  picked.clear();
  for (const box of all(".ad-pick")) box.checked = false;
  for (const date of all(".ad-dates input")) date.value = "";
  showWithin();
}

// --- adding and taking out ---

async function add(files) {
  const refused = [];
  let added = 0;
  for (const file of files) {
    note(words.adding.replace("%", file.name));
    try {
      const { path } = await upload(file);
      const answer = await call("add", { path, name: file.name });
      if (answer.added) added += 1;
      if (answer.refused) refused.push(answer.refused);
    } catch {
      return note(words.lost, true);
    }
  }
  note(refused.join("\n"), refused.length > 0);
  if (added) await sync();
  return undefined;
}

async function sync({ confirmed = false } = {}) {
  const begun = await server.sync({ language: language(), confirmed });
  if (begun === undefined) return note(words.lost, true);
  if (!begun) {
    syncAgain = true;
    note(words.busy, false, true);
  }
  const state = await whenReady();
  if (!state?.leaving || confirmed) return undefined;
  const asked = { title: words.leave, text: state.note, confirm: words.leaveDo };
  return (await dialog(asked)) === null ? undefined : sync({ confirmed: true });
}

async function takeOut(target) {
  const entry = target.closest(".ad-entry");
  const title = entry.querySelector(".ad-document-title").textContent;
  const { within } = entry.dataset;
  const text = `${title}\n${within ? `${words.takeOutWithin.replace("%", within)} ` : ""}${words.takeOutText}`;
  if ((await dialog({ title: words.takeOut, text, confirm: words.takeOutDo })) === null) return;
  const problem = await attempt("take_out", { document: entry.dataset.document });
  if (problem === undefined) return;
  if (problem) note(problem, true);
  else {
    picked.delete(entry.dataset.document);
    showWithin();
    sync();
  }
}

// State who wrote a document, when, where; asked again while something makes no sense.
async function describe(target) {
  const entry = target.closest(".ad-entry");
  const { document: id } = entry.dataset;
  let facts = await attempt("facts", { document: id });
  if (!facts) return;
  for (let problem = ""; ; ) {
    const fields = Object.entries(facts).map(([name, value]) => ({ name, label: words.facts[name], value }));
    facts = await dialog({ title: words.describe, text: words.describeText, problem, fields, confirm: words.save });
    if (facts === null) return;
    const answer = await attempt("state", { document: id, facts });
    if (!answer) return;
    if (answer.changed) sync();
    problem = answer.refused;
    if (!problem) return;
  }
}

// --- settings ---

// The writer is on another machine: may it have text?
async function allowServer(text) {
  refusedServer = true;
  if (find(".ad-dialog[open]")) return;
  if ((await dialog({ title: words.allow, text, confirm: words.allowDo })) !== null) allow();
}

async function allow() {
  if (!(await change("allow"))) return;
  refusedServer = false;
  await whenReady();
  refreshSettings();
}

// The line for the address of a server, which a shared chat has not.
function nameServer(shown) {
  const line = find(".ad-served");
  if (!line) return;
  line.hidden = !shown;
  if (shown) find("#ad-server").focus();
}

// Beside the choice: on a phone, the settings cover the place of other messages.
function noteChoice(message, failed = false) {
  const line = find(".ad-choice-note");
  if (!line) return;
  line.textContent = message;
  line.classList.toggle("ad-failed", failed);
}

let choosing = false; // a writer is being loaded

// Answer with another writer; servers on other machines, one or the next behind it, are asked about.
async function chooseWriter() {
  const writer = find("#ad-writer").value || find("#ad-server").value.trim();
  if (choosing || !writer) return;
  choosing = true;
  const allowed = [];
  let answer;
  for (;;) {
    noteChoice(words.choosing);
    answer = await attempt("choose", { writer, allowed });
    if (!answer?.origin) break;
    noteChoice("");
    const agreed = await dialog({ title: words.allow, text: answer.text, confirm: words.allowDo });
    if (agreed === null) break;
    allowed.push(answer.origin);
  }
  choosing = false;
  if (!answer) noteChoice(words.lost, true);
  if (!answer || answer.origin) return;
  if (answer.problem) {
    noteChoice(answer.problem, true);
    return;
  }
  await whenReady();
  await refreshSettings();
  noteChoice(words.chosen);
  if (document.activeElement === document.body) find("#ad-writer").focus(); // it was there
}

async function refreshSettings() {
  const html = await attempt("settings");
  if (html !== undefined) find("#ad-panel-settings").replaceChildren(fragment(html));
}

function speak(chosen) {
  document.cookie = `ad-language=${chosen}; path=/; max-age=31536000; SameSite=Strict`;
  window.location.reload();
}

// --- getting ready, and indexing ---

let watching = false;
let version = -1; // of the documents that are shown
let syncAgain = false; // files came while an index was being made
let refusedServer = false; // nothing is to leave this machine, for as long as the page is open

async function whenReady() {
  if (watching) return;
  watching = true;
  for (;;) {
    let state;
    try {
      state = await call("readiness");
    } catch {
      watching = false;
      return note(words.lost, true);
    }
    showWork(state);
    if (state.version !== version) {
      version = state.version;
      refreshLibrary();
    }
    if (!state.busy) {
      if (state.synced) note(state.synced, false, true);
      watching = false;
      if (state.allow && !refusedServer) allowServer(state.note);
      if (!syncAgain) return state;
      syncAgain = false;
      return sync();
    }
    await new Promise((wake) => setTimeout(wake, 700));
  }
}

function showWork({ busy, syncing, note: message, failed, fraction, mend }) {
  const line = find(".ad-work");
  line.hidden = message === "";
  line.classList.toggle("ad-note-failed", failed);
  line.querySelector("p").textContent = message;
  const bar = line.querySelector("progress");
  bar.hidden = !busy;
  if (fraction >= 0) bar.value = fraction;
  else bar.removeAttribute("value");
  find(".ad-work-sync").hidden = !mend;
  find(".ad-work-stop").hidden = !syncing;
}
