// Panels beneath buttons. The browser opens and closes them (popover); here each gets its place, and the keys that move in it.
const gap = 4;
const edge = 8;
const buttonOf = panel => document.querySelector(`[popovertarget="${panel.id}"]`);

const px = length => `${length}px`;

function place(panel) {
  const at = buttonOf(panel).getBoundingClientRect();
  const width = Math.min(Number(panel.dataset.width ?? 320), innerWidth - 2 * edge);
  const left = Math.max(edge, Math.min(at.left, innerWidth - width - edge));
  const room = innerHeight - at.bottom;
  const below = room >= Math.min(320, at.top);
  Object.assign(panel.style, {
    width: px(width),
    left: px(left),
    top: below ? px(at.bottom + gap) : "auto",
    bottom: below ? "auto" : px(innerHeight - at.top + gap),
    maxHeight: px((below ? room : at.top) - gap - edge),
  });
}

// Before it is shown, so that it never stands elsewhere for a moment.
document.addEventListener("beforetoggle", event => {
  if (event.target.matches?.(".fc-panel") && event.newState === "open") place(event.target);
}, true);
document.addEventListener("toggle", event => {
  if (!event.target.matches?.(".fc-panel") || event.newState !== "open") return;
  (event.target.querySelector("[aria-current]") ?? event.target.querySelector("a,button:not(:disabled),input"))?.focus();
}, true);
for (const type of ["scroll", "resize"]) addEventListener(type, () => {
  for (const panel of document.querySelectorAll(".fc-panel:popover-open")) place(panel);
}, { passive: true });

// What was chosen takes effect at once: the panel closes, and the focus is where it was.
document.addEventListener("click", event => {
  const panel = event.target.closest?.("[data-fc-hides]")?.closest(".fc-panel");
  if (!panel) return;
  panel.hidePopover();
  buttonOf(panel)?.focus();
});
document.addEventListener("keydown", event => {
  const panel = event.target.closest?.(".fc-panel");
  if (!panel || event.target.matches("input,select")) return;
  const items = [...panel.querySelectorAll("a,button:not(:disabled)")];
  const at = items.indexOf(event.target);
  const move = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (move === undefined) return;
  event.preventDefault();
  items[(move + items.length) % items.length]?.focus();
});
