// The rows of a list (RowList.razor): the server draws them as lines of markup, one a row, and hands them over in an attribute; the browser keeps
// them, so that an open page costs the server nothing for its rows. A line "=id" is a row that stays as it is. A row that changed is changed in
// place: its elements stay what has the focus, what a menu opened at and what a dialog gives the focus back to.
const ofMenus = ["aria-expanded", "aria-controls"]; // menus.js sets these
const markup = document.createElement("template");

class Rows extends HTMLElement {
  static observedAttributes = ["data-fc-rows"];

  // The framework sets attributes before it adds children: the table is there at the end of the task.
  attributeChangedCallback(name, was, lines) {
    if (lines !== null) queueMicrotask(() => this.#draw(lines.split("\n").filter(line => line !== "")));
  }

  #draw(lines) {
    const home = this.querySelector("[data-fc-home]");
    const kept = new Map([...home.children].map(row => [row.id, row]));
    markup.innerHTML = lines.filter(line => !line.startsWith("=")).join("");
    const drawn = [...markup.content.children].values();
    const rows = lines.map(line => line.startsWith("=") ? kept.get(line.slice(1)) : place(kept, drawn.next().value));
    const staying = new Set(rows);
    for (const row of kept.values()) if (row.id && !staying.has(row)) row.remove();
    let next = home.querySelector(":scope > thead")?.nextElementSibling ?? (home.tHead ? null : home.firstElementChild);
    for (const row of rows) {
      if (row === next) next = next.nextElementSibling;
      else home.insertBefore(row, next);
    }
    this.dispatchEvent(new CustomEvent("rowsdrawn", { bubbles: true }));
  }
}
function place(kept, row) {
  const old = kept.get(row.id);
  return old ? change(old, row) : row;
}
function change(old, fresh) {
  for (const { name, value } of fresh.attributes) if (!ofMenus.includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!ofMenus.includes(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  let next = old.firstChild;
  for (const node of [...fresh.childNodes]) {
    let same = next;
    while (same && !alike(same, node)) same = same.nextSibling;
    if (!same) {
      old.insertBefore(node, next);
      continue;
    }
    while (next !== same) next = removed(next);
    next = same.nextSibling;
    if (node.nodeType === Node.ELEMENT_NODE) change(same, node);
    else if (same.data !== node.data) same.data = node.data;
  }
  while (next) next = removed(next);
  return old;
}
// Two buttons that do the same are one; of other elements, the next of their kind.
const alike = (one, other) => one.nodeName === other.nodeName && one.dataset?.fcDo === other.dataset?.fcDo;
function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

customElements.define("fc-rows", Rows);
globalThis.Blazor?.registerCustomEventType("pressed", { createEventArgs: event => event.detail });

document.addEventListener("click", event => {
  const button = event.target.closest?.("[data-fc-do]");
  if (button) {
    const detail = { row: button.closest("[id]")?.id ?? "", action: button.dataset.fcDo };
    button.dispatchEvent(new CustomEvent("pressed", { bubbles: true, detail }));
    return;
  }
  // A press anywhere in a row presses the row's own button. Links and controls have their effect, and who selects text does not press.
  const row = event.target.closest?.("fc-rows tr");
  if (!row || event.target.closest("a,button,input,label,select") || String(getSelection()) !== "") return;
  row.querySelector("[data-fc-row]")?.click();
});
