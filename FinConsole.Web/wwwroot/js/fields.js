// What a form shows is what the server uses. Each change of a field is an event of its own, and one that was under way as the connection was
// lost never arrives. So the fields that somebody touched report again right before the form is submitted, on the connection that the
// submission takes, and once a lost connection is back. Handlers therefore set a value; they never toggle one.
const resent = 250; // ms in which the server sends again what it drew before; that may set a field back
const touched = new WeakSet();
const changedWhileLost = new Map();
let repeating = false;
let returning = false;

const isOfCircuit = form => form && !form.hasAttribute("method");
const isTicked = field => field.type === "checkbox" || field.type === "radio";
const canReport = field => touched.has(field) && !field.readOnly && !field.disabled && (field.type !== "radio" || field.checked);

function repeat(form) {
  repeating = true;
  try {
    for (const field of [...form.elements].filter(canReport)) for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  } finally {
    repeating = false;
  }
}

function keep(field) {
  if (field.type === "radio") for (const other of changedWhileLost.keys()) if (other.name === field.name && other.form === field.form) changedWhileLost.delete(other);
  changedWhileLost.set(field, isTicked(field) ? field.checked : field.value);
}

function onChange(event) {
  const field = event.target;
  if (repeating || !isOfCircuit(field.form)) return;
  touched.add(field);
  // Half a surrogate pair cannot be sent: the message that holds it ends the circuit.
  if (typeof field.value === "string" && field.value.isWellFormed?.() === false) field.value = field.value.toWellFormed();
  if (returning || fc.isCutOff()) keep(field);
}
// Before the framework's own listeners, which are the document's.
for (const type of ["input", "change"]) addEventListener(type, onChange, true);

function comeBack() {
  if (!returning) return;
  returning = false;
  for (const [field, value] of changedWhileLost) field[isTicked(field) ? "checked" : "value"] = value;
  changedWhileLost.clear();
  for (const form of [...document.forms].filter(isOfCircuit)) repeat(form);
}
document.addEventListener("components-reconnect-state-changed", event => {
  if (event.detail.state !== "hide") return;
  returning = true;
  setTimeout(comeBack, resent);
}, true);

addEventListener("submit", event => {
  if (!isOfCircuit(event.target)) return;
  comeBack();
  if (!fc.isCutOff()) return repeat(event.target);
  // It would be lost. The banner says why nothing happens, and what was typed stays.
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
