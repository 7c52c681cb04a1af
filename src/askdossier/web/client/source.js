// --- the side panel and the source in it ---

let shown = ""; // key of the open source
let opener = null; // where focus goes back to when the panel closes

const keyOf = (data) => `${data.document}|${data.start}|${data.end}`;

function markOpen() {
  for (const place of all('.ad-thread [data-do="source"]')) {
    if (shown !== "" && keyOf(place.dataset) === shown) place.setAttribute("aria-current", "true");
    else place.removeAttribute("aria-current");
  }
}

// `what` is "shelf" (the tabs), "source", or null to close the panel.
function showSide(what) {
  find(".ad-shelf").hidden = what === "source";
  find(".ad-source").hidden = what !== "source";
  find(".ad-page").classList.toggle("ad-side-open", what !== null);
  if (what !== "source") {
    shown = "";
    markOpen();
  }
}

function showTab(name, focus = false) {
  for (const tab of all('.ad-tabs [role="tab"]')) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen && focus) tab.focus();
  }
  for (const panel of all(".ad-panel")) panel.hidden = panel.dataset.tab !== name;
  if (name === "conversations") refreshConversations();
  if (name === "settings") refreshSettings();
}

async function openSource(place) {
  const data = place.dataset;
  const key = keyOf(data);
  const step = place.closest(".ad-steps") && [...place.classList].find((name) => name === "ad-next" || name === "ad-previous");
  hidePreview();
  if (!place.closest(".ad-side")) opener = place;
  shown = key;
  const html = await attempt("source", {
    conversation,
    document: data.document,
    start: Number(data.start),
    end: Number(data.end),
    number: Number(data.number),
  });
  if (html === undefined || shown !== key) return; // another one was opened meanwhile
  const panel = find(".ad-source");
  panel.replaceChildren(fragment(html));
  showSide("source");
  markOpen();
  reveal(panel.querySelector("mark.ad-here"), panel.querySelector(".ad-text"));
  if (asImage) showPage();
  const again = step && panel.querySelector(`.${step}:enabled`);
  (again || panel.querySelector("h2, h3"))?.focus({ preventScroll: true });
}

// Scroll `box` so that `mark` stands a third down in it, and what comes before is seen too; a long
// one from its start.
function reveal(mark, box) {
  if (!mark || !box) return;
  const [at, around] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
  const lead = Math.min(box.clientHeight / 3, Math.max(24, box.clientHeight - at.height - 24));
  box.scrollTop += at.top - around.top - lead;
  if (box.scrollWidth > box.clientWidth) box.scrollLeft += at.left - around.left - 24;
}

let asImage = false; // the reader wants to see pages as they look, where there are any

// Show the page of a PDF in place of its text, or the text again.
async function showPage() {
  const panel = find(".ad-source");
  const text = panel.querySelector(".ad-text");
  const button = panel.querySelector(".ad-as-image");
  if (!button) return;
  const shownFor = shown;
  button.setAttribute("aria-pressed", String(asImage));
  let html = "";
  if (asImage) {
    const { document: id, start, end } = button.dataset;
    html = await attempt("page_image", { document: id, start: Number(start), end: Number(end) });
    if (html === undefined || shown !== shownFor || !asImage || !button.isConnected) return;
  }
  panel.querySelector(":scope > :is(.ad-page-image, .ad-notice)")?.remove();
  text.hidden = asImage;
  panel.append(fragment(html));
  const image = panel.querySelector(".ad-page-image");
  if (image) reveal(image.querySelector(".ad-box"), image);
  else reveal(text.querySelector("mark.ad-here"), text);
}

function closeSide() {
  showSide(null);
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}

// --- the preview of quotes ---

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// `quote` with the words in bold that are also among `chosen`.
function quoteNode(quote, chosen) {
  const node = document.createElement("q");
  node.className = "ad-preview-quote";
  for (const part of quote.split(/([\p{L}\p{N}]+)/u)) {
    if (part.length > (/\d/.test(part) ? 0 : 2) && chosen.has(fold(part))) {
      const word = document.createElement("b");
      word.textContent = part;
      node.append(word);
    } else node.append(part);
  }
  return node;
}

function showPreview(marks, at, chosen = new Set()) {
  const preview = find(".ad-preview");
  preview.replaceChildren();
  for (const mark of marks) {
    const from = document.createElement("span");
    from.className = "ad-preview-from";
    from.textContent = `${marks.length > 1 ? `[${mark.dataset.number}] ` : ""}${mark.dataset.from}`;
    preview.append(quoteNode(mark.dataset.quote, chosen), from);
  }
  preview.hidden = false;
  const box = preview.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left - 24), window.innerWidth - box.width - 8);
  const above = at.top - box.height - 8;
  preview.style.left = `${left}px`;
  preview.style.top = `${above >= 8 ? above : at.bottom + 8}px`;
}

function hidePreview() {
  const preview = find(".ad-preview");
  if (preview) preview.hidden = true;
}

// Selecting words of a sentence shows the quotes that support it.
function previewSelection() {
  const chosen = window.getSelection();
  if (chosen.isCollapsed || !chosen.rangeCount) return;
  const of = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".ad-sentence");
  const sentence = of(chosen.anchorNode);
  if (!sentence || sentence !== of(chosen.focusNode)) return;
  const marks = [...sentence.closest(".ad-claim").querySelectorAll(".ad-mark")];
  if (!marks.length) return;
  const selected = new Set((fold(chosen.toString()).match(/[\p{L}\p{N}]+/gu) ?? []));
  showPreview(marks, chosen.getRangeAt(0).getBoundingClientRect(), selected);
}
