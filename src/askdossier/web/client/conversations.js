// --- conversations: the address names the one that is shown ---

const addressed = () => /^#c=([0-9a-f]{16})$/.exec(window.location.hash)?.[1] ?? "";

function showAddress() {
  const hash = `#c=${conversation}`;
  if (window.location.hash !== hash) window.history.pushState(null, "", hash);
}

function openFromAddress() {
  const wanted = addressed();
  if (wanted && wanted !== conversation) openConversation(wanted);
  else if (!wanted && all(".ad-turn").length) newConversation();
}

async function openConversation(wanted) {
  const known = await attempt("conversation", { conversation: wanted });
  if (!known) return;
  if (!known.found) {
    window.history.replaceState(null, "", window.location.pathname);
    if (all(".ad-turn").length === 0) note(words.missing, true);
    return;
  }
  conversation = wanted;
  showAddress();
  find(".ad-thread").replaceChildren();
  setRunning("");
  replaced = "";
  for (const { turn, html } of known.turns) {
    const article = addTurn(turn);
    article.replaceChildren(fragment(html));
    article.setAttribute("aria-busy", "false");
  }
  find(".ad-turn:last-child")?.scrollIntoView({ block: "start" });
  if (PHONE.matches) showSide(null);
  refreshConversations();
}

async function newConversation() {
  conversation = newId();
  setRunning("");
  replaced = "";
  if (window.location.hash) window.history.pushState(null, "", window.location.pathname);
  const known = await attempt("conversation", { conversation });
  if (known) find(".ad-thread").replaceChildren(fragment(known.welcome));
  showSide(null);
  find("#ad-question").focus();
  refreshConversations();
}

async function refreshConversations() {
  if (find("#ad-panel-conversations").hidden) return;
  const wanted = find("#ad-said").value;
  const html = await attempt("conversations", { wanted });
  if (html === undefined || wanted !== find("#ad-said").value) return;
  const list = find("#ad-conversations");
  const open = new Set(Array.from(list.querySelectorAll(".ad-conversation:has(details[open])"), (entry) => entry.dataset.conversation));
  list.replaceChildren(fragment(html));
  for (const entry of list.querySelectorAll(".ad-conversation")) {
    // A menu that somebody has just opened stays.
    if (open.has(entry.dataset.conversation)) entry.querySelector("details").open = true;
    if (entry.dataset.conversation === conversation) entry.querySelector("button").setAttribute("aria-current", "true");
  }
}

const conversationOf = (target) => target.closest(".ad-conversation").dataset.conversation;
const nameOf = (target) => target.closest(".ad-conversation").querySelector(".ad-document-title").textContent;

async function rename(target) {
  const wanted = conversationOf(target);
  const fields = [{ name: "name", label: words.name, value: nameOf(target) }];
  target.closest("details").open = false;
  const given = await dialog({ title: words.rename, fields, confirm: words.save });
  if (given !== null && (await change("rename", { conversation: wanted, ...given }))) refreshConversations();
}

async function remove(target) {
  const wanted = conversationOf(target);
  const text = `${nameOf(target)}\n${words.deleteText}`;
  if ((await dialog({ title: words.delete, text, confirm: words.deleteDo })) === null) return;
  if (!(await change("delete", { conversation: wanted }))) return;
  if (wanted === conversation) newConversation();
  else refreshConversations();
}
