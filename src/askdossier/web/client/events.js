// --- clicks and keys, once for all that will ever be shown ---

const ACTIONS = {
  new: () => newConversation(),
  side: (target) => {
    opener = target;
    showSide("shelf");
  },
  tab: (target) => showTab(target.dataset.tab),
  back: () => {
    showSide("shelf");
    find('.ad-tabs [aria-selected="true"]').focus();
  },
  close: () => closeSide(),
  cancel: () => find(".ad-dialog").close(),
  stop: () => stop(),
  copy,
  retry,
  edit,
  undo,
  rename,
  delete: remove,
  export: (target) => exportTo(target.dataset.format, conversation, turnOf(target)),
  "export-conversation": (target) => exportTo(target.dataset.format, conversationOf(target)),
  feedback: judge,
  suggested: (target) => {
    if (!running) put(target.textContent);
  },
  "as-image": () => {
    asImage = !asImage;
    showPage();
  },
  everything: askEverything,
  describe,
  "take-out": takeOut,
  sync: () => sync(),
  allow: () => allow(),
  "stop-work": () => attempt("stop_work"),
  open: (target) => openConversation(conversationOf(target)),
  source: (target) => {
    const chosen = window.getSelection();
    const selecting = target.matches(".ad-sentence, mark") && !chosen.isCollapsed && chosen.containsNode(target, true);
    if (!selecting) openSource(target);
  },
};

element.addEventListener("click", (event) => {
  for (const menu of all(".ad-menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("[data-do]")) menu.open = false;
  }
  const target = event.target.closest("[data-do]");
  if (target) ACTIONS[target.dataset.do](target);
});

element.addEventListener("submit", (event) => {
  if (event.target.method === "dialog") return;
  event.preventDefault();
  if (event.target.matches(".ad-composer")) ask();
  else if (event.target.contains(find("#ad-said"))) refreshConversations();
  else if (event.target.matches(".ad-choose")) chooseWriter();
  else refreshLibrary();
});

element.addEventListener("input", (event) => {
  if (event.target.id === "ad-question") fit(event.target);
  else if (event.target.id === "ad-wanted") soon(refreshLibrary);
  else if (event.target.id === "ad-said") soon(refreshConversations);
});

element.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches(".ad-pick")) {
    const { document: id } = target.closest(".ad-entry").dataset;
    if (target.checked) picked.add(id);
    else picked.delete(id);
    showWithin();
  } else if (target.matches(".ad-dates input")) showWithin();
  else if (target.matches(".ad-drop input")) {
    add([...target.files]);
    target.value = "";
  } else if (target.id === "ad-language") speak(target.value);
  else if (target.id === "ad-writer") nameServer(target.value === "");
  else if (target.id === "ad-strictness") attempt("strict", { value: Number(target.value) });
});

// Files may be dropped anywhere on the page.
const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

document.addEventListener("dragover", (event) => {
  if (!holdsFiles(event) || !find(".ad-page")) return;
  event.preventDefault();
  find(".ad-page").classList.add("ad-dropping");
});

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) find(".ad-page")?.classList.remove("ad-dropping");
});

document.addEventListener("drop", (event) => {
  if (!holdsFiles(event) || !find(".ad-page")) return;
  event.preventDefault();
  find(".ad-page").classList.remove("ad-dropping");
  add([...event.dataTransfer.files]);
});

function neighbour(list, current, key) {
  return list[list.indexOf(current) + (key === "ArrowRight" ? 1 : -1)];
}

element.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (target.id === "ad-question" && key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask();
  } else if (target.matches(".ad-sentence") && (key === "Enter" || key === " ")) {
    event.preventDefault();
    openSource(target);
  } else if (target.matches('[role="tab"]') && (key === "ArrowLeft" || key === "ArrowRight")) {
    const next = neighbour(all('.ad-tabs [role="tab"]'), target, key);
    if (next) showTab(next.dataset.tab, true);
  }
});

// "/" asks, Esc stops or closes, the arrows go from citation to citation.
document.addEventListener("keydown", (event) => {
  if (!find(".ad-page") || find(".ad-dialog[open]")) return;
  const { target, key } = event;
  const typing = target.closest("input, textarea, select");
  if (key === "Escape") {
    const menu = find(".ad-menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (running) stop();
    else if (find(".ad-page").classList.contains("ad-side-open")) closeSide();
  } else if (key === "/" && !typing) {
    event.preventDefault();
    find("#ad-question").focus();
  } else if ((key === "ArrowLeft" || key === "ArrowRight") && !typing && !target.closest('[role="tab"]')) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.matches(".ad-mark")) neighbour(all(".ad-mark").filter((mark) => !mark.closest("details:not([open])")), target, key)?.focus();
    else if (!find(".ad-source").hidden) find(key === "ArrowRight" ? ".ad-next:enabled" : ".ad-previous:enabled")?.click();
  }
});

for (const [come, go] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  element.addEventListener(come, (event) => {
    const mark = event.target.closest?.(".ad-mark");
    if (!mark) return;
    showPreview([mark], mark.getBoundingClientRect());
    mark.setAttribute("aria-describedby", "ad-preview");
  });
  element.addEventListener(go, (event) => {
    if (event.target.closest?.(".ad-mark")) hidePreview();
  });
}
element.addEventListener("scroll", hidePreview, true);
element.addEventListener("mouseup", () => setTimeout(previewSelection));
element.addEventListener("keyup", (event) => event.shiftKey && previewSelection());
element.addEventListener("mousedown", hidePreview);
// Files may have changed while the reader was elsewhere.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && find(".ad-page")) refreshLibrary();
});
window.addEventListener("popstate", openFromAddress);
window.addEventListener("hashchange", openFromAddress);

if (props.value?.shell) openPage(props.value.shell);
