// Reports that a person is at this page, which keeps the session from ending for idleness. Only events that the browser itself vouches
// for count (isTrusted), and only those that no change of the page causes: no focus, no scroll and no pointer that content moves under.
// No script of the console goes back or forward, so that this is a person's doing as well.
const address = "/account/session";
const shortestPause = 20_000; // ms between two reports
let last = -shortestPause;
let waiting = false;
let repeats = false; // whether a key is held down

function report() {
  waiting = false;
  last = performance.now();
  // keepalive: the press may be on a link that leaves the page. A lost report is made up for by the next.
  fetch(address, { method: "POST", cache: "no-store", keepalive: true }).catch(() => {});
}

function note(event) {
  if (event.type === "keydown") repeats = event.repeat;
  if (event.type === "pointerdown") repeats = false;
  // A key that something lies on repeats for ever, and so does what it writes or presses.
  if (!event.isTrusted || (repeats && ["keydown", "input", "click"].includes(event.type))) return;
  begin();
}

function begin() {
  if (waiting) return;
  waiting = true;
  setTimeout(report, Math.max(0, last + shortestPause - performance.now()));
}

for (const type of ["pointerdown", "click", "keydown", "input", "wheel", "touchmove", "popstate"]) {
  addEventListener(type, note, { capture: true, passive: true });
}
addEventListener("keyup", () => { repeats = false; }, { capture: true, passive: true });
// Back or forward to a page that has to be loaded, or that the browser kept whole.
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") begin();
addEventListener("pageshow", event => { if (event.persisted) begin(); });
