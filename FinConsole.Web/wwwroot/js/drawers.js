// A drawer beside a list: the arrow keys move through the rows of the list; fields inside the drawer keep theirs.
const fields = ["INPUT", "SELECT", "TEXTAREA"];
document.addEventListener("keydown", event => {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || fields.includes(event.target.tagName)) return;
  // What is open over the drawer, such as another dialog or a list of options, comes first.
  if (document.querySelector(".mud-popover-open")) return;
  const step = [...document.querySelectorAll(".mud-dialog-container [role=dialog]")].at(-1)?.querySelector(`[data-fc-step="${event.key}"]`);
  if (!step) return;
  event.preventDefault();
  step.click();
}, true);

// Another row is shown: from its top on. What had the focus may be gone with the row before.
globalThis.fc.drawerMoved = id => {
  const drawer = document.getElementById(id)?.querySelector("[role=dialog]");
  if (!drawer) return;
  drawer.querySelector(".mud-dialog-content").scrollTop = 0;
  if (document.activeElement === document.body) drawer.querySelector("[data-autofocus]")?.focus();
};
