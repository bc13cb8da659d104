// What a search field with suggestions, and a row of bars, do without asking the server: moving about by keys, taking, closing.
const list = input => document.getElementById(input.getAttribute("aria-controls"));
const options = input => [...(list(input)?.querySelectorAll("[role=option]") ?? [])];

function mark(input, option) {
  for (const each of options(input)) each.setAttribute("aria-selected", String(each === option));
  if (option) {
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}
const marked = input => document.getElementById(input.getAttribute("aria-activedescendant") ?? "");
function close(input) {
  mark(input, null);
  input.dataset.closed = "true";
  input.setAttribute("aria-expanded", "false");
}
const isOpen = input => input.dataset.closed !== "true" && options(input).length > 0;

function take(input, option) {
  const { text, start, goes } = option.dataset;
  const at = Number(start);
  // Up to the caret and not as far as the server saw: somebody may have typed on meanwhile.
  const after = input.value.slice(Math.max(at, input.selectionStart));
  const taken = goes === "true" || after.startsWith(" ") ? text : `${text} `;
  input.value = input.value.slice(0, at) + taken + after;
  input.setSelectionRange(at + taken.length, at + taken.length);
  input.focus();
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", event => {
  const input = event.target;
  if (!input.matches?.("[data-fc-suggests]")) return;
  delete input.dataset.closed;
  mark(input, null);
}, true);

document.addEventListener("keydown", event => {
  const input = event.target;
  if (input.matches?.("[data-fc-bars] button")) return moveBar(event);
  if (!input.matches?.("[data-fc-suggests]") || event.isComposing) return;
  const all = options(input);
  const at = all.indexOf(marked(input));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen(input)) {
      delete input.dataset.closed;
      if (all.length === 0) return;
      input.setAttribute("aria-expanded", "true");
    }
    const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? all.length - 1 : at - 1;
    mark(input, all[next] ?? null);
  } else if ((event.key === "Enter" || event.key === "Tab") && isOpen(input) && at >= 0) {
    event.preventDefault();
    take(input, all[at]);
  } else if (event.key === "Escape" && isOpen(input)) {
    event.preventDefault();
    event.stopPropagation();
    close(input);
  } else if (event.key === "Enter") {
    close(input);
  }
}, true);

// Pressing an option must not take the focus from the field.
document.addEventListener("mousedown", event => {
  const option = event.target.closest?.("[data-fc-options] [role=option]");
  if (!option) return;
  event.preventDefault();
  take(document.querySelector(`[aria-controls="${option.closest("[data-fc-options]").id}"]`), option);
});
document.addEventListener("focusout", event => {
  if (event.target.matches?.("[data-fc-suggests]")) close(event.target);
});

// A row of bars is one stop of the Tab key; the arrows move within it.
function moveBar(event) {
  const bars = [...event.target.closest("[data-fc-bars]").querySelectorAll("button")];
  const at = bars.indexOf(event.target);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: bars.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const bar = bars[Math.max(0, Math.min(next, bars.length - 1))];
  for (const each of bars) each.tabIndex = each === bar ? 0 : -1;
  bar.focus();
}

// Where the caret stands, and selecting the word that is wrong.
fc.caretOf = input => input.selectionStart ?? input.value.length;
fc.selectIn = (input, start, length) => { input.focus(); input.setSelectionRange(start, start + length); };
