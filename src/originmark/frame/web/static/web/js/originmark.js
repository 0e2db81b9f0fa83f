// What pages do beyond plain links and forms. Each part works without this file, only less well.
"use strict";

document.documentElement.classList.add("scripted"); // lists follow by themselves: no button needed

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// Theme: switch at once, keep it in a cookie that the server reads (so that no page flashes).
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const chosen = event.submitter.value;
  const root = document.documentElement;
  if (chosen) root.dataset.theme = chosen;
  else delete root.dataset.theme;
  const age = chosen ? 31536000 : 0;
  document.cookie = `theme=${chosen}; path=/; max-age=${age}; samesite=lax`;
  for (const button of $$("button", form)) {
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
});

// Menus close on Escape and on a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of $$("details.menu[open], details.more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const close = event.target.closest("[data-dismiss]");
  if (close) close.parentElement.remove();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of $$("details.menu[open], details.more[open]")) {
    menu.open = false;
    $("summary", menu).focus();
  }
  const results = $("#search-results");
  if (results) results.hidden = true;
});

// Search over everything: "/" or Ctrl-K goes there; results appear while one types.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  const wanted = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !isTyping);
  const box = $("#search-all");
  if (!wanted || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
let asked = 0;
let waiting;
async function look(form) {
  const panel = $("#search-results");
  const query = $("input[name=q]", form).value.trim();
  const turn = ++asked;
  if (query.length < 2) { panel.hidden = true; return; }
  const response = await fetch(`${form.action}?q=${encodeURIComponent(query)}`, { headers: { "HX-Request": "true" } });
  if (!response.ok || turn !== asked) return;
  panel.innerHTML = await response.text();
  panel.hidden = false;
}
document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-typeahead-search]");
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => look(form), 200);
});
document.addEventListener("keydown", (event) => {
  const form = event.target.closest("[data-typeahead-search]");
  if (!form || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const stops = [$("#search-all"), ...$$("#search-results a")];
  const here = stops.indexOf(document.activeElement);
  const next = stops[(here + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length];
  event.preventDefault();
  next.focus();
});
document.addEventListener("focusout", (event) => {
  const form = event.target.closest("[data-typeahead-search]");
  if (form && !form.contains(event.relatedTarget) && event.relatedTarget) $("#search-results").hidden = true;
});

// A select that offers matches while one types (ARIA combobox); the select keeps the value.
function combine(select) {
  if (select.dataset.combined) return;
  select.dataset.combined = "yes";
  const box = document.createElement("div");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  box.className = "combo";
  list.className = "combo-list";
  list.id = `${select.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  const label = $(`label[for="${select.id}"]`);
  list.setAttribute("aria-label", label ? label.textContent : select.name);
  for (const [name, value] of Object.entries({ type: "text", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id, id: `${select.id}-box` })) input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  if (label) label.htmlFor = input.id;
  input.value = select.selectedOptions[0]?.value ? select.selectedOptions[0].text : "";
  select.hidden = true;
  select.after(box);
  box.append(input, list);
  let turn = 0;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const choose = (item) => {
    if (![...select.options].some((each) => each.value === item.dataset.value)) select.add(new Option(item.textContent, item.dataset.value));
    select.value = item.dataset.value;
    input.value = item.textContent;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  };
  const mark = (item) => {
    for (const each of list.children) each.setAttribute("aria-selected", String(each === item));
    if (item) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
  };
  const offer = async () => {
    const now = ++turn;
    const typed = input.value.trim().toLowerCase();
    let found = [...select.options].filter((each) => each.value && each.text.toLowerCase().includes(typed)).map((each) => ({ value: each.value, label: each.text }));
    if (select.dataset.typeahead) {
      const response = await fetch(`${select.dataset.typeahead}?q=${encodeURIComponent(typed)}`);
      if (response.ok) found = await response.json();
    }
    if (now !== turn) return;
    list.replaceChildren(...found.slice(0, 30).map(({ value, label: text }, index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      item.dataset.value = value;
      item.textContent = text;
      return item;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(list.firstElementChild);
  };
  input.addEventListener("input", () => { if (!input.value.trim()) select.value = ""; offer(); });
  input.addEventListener("focus", offer);
  input.addEventListener("blur", () => setTimeout(() => { close(); input.value = select.selectedOptions[0]?.value ? select.selectedOptions[0].text : ""; }, 150));
  list.addEventListener("mousedown", (event) => { event.preventDefault(); const item = event.target.closest("li"); if (item) choose(item); });
  input.addEventListener("keydown", (event) => {
    const at = $("[aria-selected=true]", list);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { offer(); return; }
      mark((event.key === "ArrowDown" ? at?.nextElementSibling : at?.previousElementSibling) || at);
    } else if (event.key === "Enter" && !list.hidden && at) { event.preventDefault(); choose(at); }
    else if (event.key === "Escape") close();
  });
}

// Dialogs: a button with data-opens="id" opens a <dialog>; it is a link to a page without scripts.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) { event.preventDefault(); dialog.showModal(); }
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog").close();
});

// A form that was changed asks before it is left.
let isChanged = false;
document.addEventListener("input", (event) => { if (event.target.closest("form.form[method=post]")) isChanged = true; });
document.addEventListener("submit", () => { isChanged = false; });
window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });

function enliven(root) {
  for (const select of $$("select[data-typeahead]", root)) combine(select);
  for (const button of $$("[data-dismiss]", root)) button.hidden = false;
  for (const button of $$("[data-print]", root)) { button.hidden = false; button.addEventListener("click", () => window.print()); }
  $("form[method=post] [data-focus]", root)?.focus();
}
document.addEventListener("DOMContentLoaded", () => {
  enliven(document);
  const box = $("#search-all");
  if (box && matchMedia("(pointer: fine)").matches) box.placeholder = box.dataset.hint;
});
document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) enliven(event.detail.elt); });
// A search field inside a swapped list keeps the caret where it was: htmx restores focus by id.
