// The page's one menu opens at whichever button asks for it. The server draws it; where it stands, its keys and the way of the focus are the
// browser's own work, so that no round trip stands between a key and its effect. What is typed until it is there is not lost.
const longestWait = 3000; // ms
let opener = null;
let early = null;
let timer;

const menu = () => document.getElementById("fc-menu");
const items = () => [...menu().querySelectorAll("[role=menuitem]:not([disabled])")];

function begin(button) {
  const at = button.getBoundingClientRect();
  const anchor = document.querySelector(".fc-menu-anchor");
  for (const side of ["left", "top", "width", "height"]) anchor.style[side] = `${at[side]}px`;
  opener = button;
  opener.setAttribute("aria-controls", "fc-menu");
  early = [];
  clearTimeout(timer);
  timer = setTimeout(() => { early = null; }, longestWait);
}
function finish() {
  opener?.setAttribute("aria-expanded", "false");
  opener?.focus();
}
function close() {
  finish();
  document.querySelector("[data-fc-menu-close]")?.click();
}
function take(key) {
  const all = items();
  const at = all.indexOf(document.activeElement);
  const move = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[key];
  if (move !== undefined) all[(move + all.length) % all.length]?.focus();
  else if (key === "Escape" || key === "Tab") close();
  else if (key === "Enter" || key === " ") document.activeElement.click();
  else if (key.length === 1) [...all.slice(at + 1), ...all].find(item => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()))?.focus();
  else return false;
  return true;
}

document.addEventListener("click", event => {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest("[data-fc-menu]");
  if (button) begin(button);
  else if (target?.closest("[role=menuitem]") || target?.closest(".fc-menu-ground")) finish();
}, true);

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (early) {
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) early.push(event.key);
    return;
  }
  if (!menu()?.contains(event.target) || event.key === "Enter" || event.key === " ") return;
  if (take(event.key)) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

// Before the popover has its place, nothing in it takes the focus.
globalThis.fc.menuOpened = function focusFirst(tries = 30) {
  if (!menu()) return;
  items()[0]?.focus();
  if (!menu().contains(document.activeElement)) {
    if (tries > 0) requestAnimationFrame(() => focusFirst(tries - 1));
    return;
  }
  opener?.setAttribute("aria-expanded", "true");
  const typed = early ?? [];
  early = null;
  for (const key of typed) if (menu()) take(key);
};
