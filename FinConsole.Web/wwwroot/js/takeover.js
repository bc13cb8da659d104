// A prerendered page is replaced as a whole when its circuit takes over. Whoever had moved by Tab meanwhile stays where they were: the
// focus goes to what stands in the place of what had it.
const focusable = ["a[href]", "button", "input", "select", "textarea", "[tabindex]"].join();
const shell = document.querySelector(".fc-shell");
const all = () => [...document.querySelectorAll(focusable)];
const nameOf = element => `${element.tagName} ${element.id} ${element.getAttribute("aria-label") ?? element.textContent.trim()}`;
let held = null;

function hold(element) {
  held = { name: nameOf(element), at: all().indexOf(element) };
}
function restore() {
  const same = all().filter(element => nameOf(element) === held.name);
  (same.find(element => all().indexOf(element) === held.at) ?? same[0])?.focus();
}

if (shell) {
  const onFocusIn = event => hold(event.target);
  // What is removed loses the focus as well, and must be remembered.
  const onFocusOut = () => setTimeout(() => { if (shell.isConnected && document.activeElement === document.body) held = null; });
  const watch = new MutationObserver(() => {
    if (shell.isConnected) return;
    watch.disconnect();
    document.removeEventListener("focusin", onFocusIn);
    document.removeEventListener("focusout", onFocusOut);
    if (held && document.activeElement === document.body) restore();
  });
  document.addEventListener("focusin", onFocusIn);
  document.addEventListener("focusout", onFocusOut);
  if (document.activeElement !== document.body) hold(document.activeElement);
  watch.observe(document.body, { childList: true });
}
