// Shortcuts of the whole page, and the keys of the command palette. The server draws what fits the text; moving about in it and taking is the
// browser's own work. A shortcut presses a button of the page: where there is none, as on sign-in pages, it does nothing.
const root = document.documentElement;
const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);
root.dataset.mac = String(isMac);

const isShown = element => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
const dialogs = () => [...document.querySelectorAll(".mud-dialog-container [role=dialog]")];
const pressed = ["checkbox", "radio", "button", "submit"];
const types = element => element.isContentEditable || ["TEXTAREA", "SELECT"].includes(element.tagName) || (element.tagName === "INPUT" && !pressed.includes(element.type));

// Some people speak to their browser or press keys by accident: shortcuts of a single character can be turned off (WCAG 2.2, 2.1.4).
const singleKeys = "finconsole-single-keys";
const hasSingleKeys = () => localStorage.getItem(singleKeys) !== "off";

function press(selector) {
  const button = document.querySelector(selector);
  if (!button) return false;
  // A menu would stay open over the dialog.
  if (document.getElementById("fc-menu")) document.querySelector("[data-fc-menu-close]").click();
  fc.openedFrom(document.activeElement);
  button.click();
  return true;
}

function focusSearch() {
  const inputs = [...document.querySelectorAll("[role=search]")].flatMap(search => [...search.querySelectorAll("input")]);
  const field = inputs.find(input => ["search", "text"].includes(input.type) && isShown(input));
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

function onShortcut(event) {
  const { key } = event;
  if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return;
  const top = dialogs().at(-1);
  if ((isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.shiftKey && key.toLowerCase() === "k") {
    if (!document.querySelector("[data-fc-palette]")) return;
    // The browser's own use of the key would come in between, even where the palette stays closed.
    event.preventDefault();
    if (top) top.querySelector("[data-fc-palette-input]")?.closest("[role=dialog]").querySelector("[data-fc-close]").click();
    else if (press("[data-fc-palette]")) typeAhead();
  } else if ((key === "/" || key === "?") && !event.ctrlKey && !event.metaKey && !top && hasSingleKeys() && !types(event.target)) {
    if (key === "/" ? focusSearch() || press("[data-fc-palette]") : press("[data-fc-shortcuts]")) event.preventDefault();
  }
}
document.addEventListener("keydown", onShortcut);

// What is typed while the palette is on its way goes into its field.
const longestWay = 2000; // ms after which it will not come
let ahead = null;
function typeAhead() {
  ahead = { text: "", enter: false, until: performance.now() + longestWay };
}
document.addEventListener("keydown", event => {
  if (!ahead) return;
  if (performance.now() > ahead.until || (dialogs().length > 0 && !field()) || event.key === "Escape" || event.key === "Tab") return void (ahead = null);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length === 1) ahead.text += event.key;
  else if (event.key === "Backspace") ahead.text = ahead.text.slice(0, -1);
  else if (event.key === "Enter") ahead.enter = true;
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

fc.shortcutsOpened = () => {
  const box = document.querySelector("[data-fc-single-keys]");
  if (box) box.checked = hasSingleKeys();
};
document.addEventListener("change", event => {
  if (event.target.matches?.("[data-fc-single-keys]")) localStorage.setItem(singleKeys, event.target.checked ? "on" : "off");
});

// The palette: a field that keeps the focus, and a list in which one option is marked.
const field = () => document.querySelector("[data-fc-palette-input]");
const listOf = input => document.getElementById(input.getAttribute("aria-controls"));
const optionsOf = input => [...listOf(input).querySelectorAll("[role=option]")];
const marked = input => document.getElementById(input.getAttribute("aria-activedescendant") ?? "");
let moved = false; // Somebody chose the marked option; it is not just the first.
let taking = false; // Enter was pressed before the list had caught up with the text.

function mark(input, option) {
  for (const each of listOf(input).querySelectorAll("[aria-selected=true]")) if (each !== option) each.setAttribute("aria-selected", "false");
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", option.id);
}
// What the server draws is for a text: its own, or an earlier one that is still under way.
const isCurrent = input => listOf(input).dataset.for === input.value.trim() && (moved || listOf(input).getAttribute("aria-busy") !== "true");

function settle(input) {
  // The list changes once more as it goes away.
  if (!listOf(input)) return;
  const option = marked(input);
  if (!option || !moved) {
    moved = false;
    mark(input, optionsOf(input)[0]);
  }
  if (!taking || !isCurrent(input)) return;
  taking = false;
  marked(input)?.click();
}

function onPaletteKey(event) {
  const input = event.target;
  if (!input.matches?.("[data-fc-palette-input]") || event.isComposing) return;
  const all = optionsOf(input);
  const at = all.indexOf(marked(input));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (next !== undefined && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    if (all.length === 0) return;
    moved = true;
    const option = all[(next + all.length) % all.length];
    mark(input, option);
    // With the heading above it, where it is the first.
    (option.previousElementSibling?.matches("[role=presentation]") ? option.previousElementSibling : option).scrollIntoView({ block: "nearest" });
    option.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (isCurrent(input)) marked(input)?.click();
    else taking = true;
  }
}
document.addEventListener("keydown", onPaletteKey, true);

document.addEventListener("input", event => {
  const input = event.target;
  if (!input.matches?.("[data-fc-palette-input]")) return;
  [moved, taking] = [false, false];
  // A pasted token stays in the browser: it is looked for by what may be shown of it.
  input.value = input.value.replace(/fc_(?:dev|stg|prd|svc)_[0-9A-Za-z]{49}/g, token => `${token.slice(0, 11)}…${token.slice(-4)}`);
}, true);

document.addEventListener("pointermove", event => {
  const option = event.target.closest?.(".fc-palette-item");
  if (!option || option.getAttribute("aria-selected") === "true" || !field()) return;
  moved = true;
  mark(field(), option);
});
// Pressing an option leaves the focus in the field, which gives it back when the palette closes.
document.addEventListener("mousedown", event => {
  if (event.target.closest?.(".fc-palette-list")) event.preventDefault();
});

fc.paletteOpened = id => {
  fc.dialogOpened(id);
  const input = field();
  if (!input) return;
  [moved, taking] = [false, false];
  settle(input);
  // Ends with the list that it watches.
  new MutationObserver(() => settle(input)).observe(listOf(input), { childList: true, subtree: true, attributeFilter: ["data-for", "aria-busy"] });
  if (ahead?.text) {
    input.value = ahead.text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    taking = ahead.enter;
  }
  ahead = null;
};
