// Selecting several rows of a list. The boxes belong to the browser: a press takes no round trip, and one event a change says which are
// checked. The list's bar ([data-fc-selection]) holds the field that the server listens to.
const bar = () => document.querySelector("[data-fc-selection]");
const boxes = () => [...document.querySelectorAll("input[data-fc-select]")];
let last = null;

function tell() {
  const field = bar()?.querySelector("[data-fc-selected]");
  if (!field) return;
  const all = boxes();
  const chosen = all.filter(box => box.checked);
  const whole = bar().querySelector("[data-fc-select-all]");
  whole.checked = all.length > 0 && chosen.length === all.length;
  whole.indeterminate = chosen.length > 0 && chosen.length < all.length;
  const ids = chosen.map(box => box.dataset.fcSelect).join(" ");
  if (field.value === ids) return;
  field.value = ids;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
function check(some, checked) {
  for (const box of some) box.checked = checked;
  tell();
}

document.addEventListener("click", event => {
  const box = event.target.closest?.("input[data-fc-select]");
  if (box) {
    const all = boxes();
    const [from, to] = [all.indexOf(last), all.indexOf(box)];
    if (event.shiftKey && from >= 0) for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1)) each.checked = box.checked;
    last = box;
    return tell();
  }
  if (event.target.closest?.("[data-fc-select-all]")) return check(boxes(), event.target.checked);
  if (event.target.closest?.("[data-fc-select-none]")) {
    check(boxes(), false);
    bar().querySelector("[data-fc-select-all]").focus();
  }
});

// Up and down move between the boxes; with Shift they take the next row along.
document.addEventListener("keydown", event => {
  const box = event.target.closest?.("input[data-fc-select]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!box || step === undefined) return;
  const next = boxes()[boxes().indexOf(box) + step];
  event.preventDefault();
  if (!next) return;
  next.focus();
  last = next;
  if (event.shiftKey && next.checked !== box.checked) check([next], box.checked);
});

// Rows that came or went with a new page or a change of somebody else's.
document.addEventListener("rowsdrawn", () => { if (bar()) tell(); });
