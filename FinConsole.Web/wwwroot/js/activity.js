// Reports that a person is at this page, which keeps the session from ending for idleness. Only events that the browser itself vouches
// for count (isTrusted), and only those that no change of the page causes: no focus, no scroll and no pointer that content moves under.
const address = "/account/session";
const shortestPause = 20_000; // ms between two reports
let last = -shortestPause;
let waiting = false;

function report() {
  waiting = false;
  last = performance.now();
  // keepalive: the press may be on a link that leaves the page. A lost report is made up for by the next.
  fetch(address, { method: "POST", cache: "no-store", keepalive: true }).catch(() => {});
}

function note(event) {
  // A key that something lies on repeats for ever.
  if (!event.isTrusted || event.repeat || waiting) return;
  waiting = true;
  setTimeout(report, Math.max(0, last + shortestPause - performance.now()));
}

for (const type of ["pointerdown", "click", "keydown", "input", "wheel", "touchmove"]) {
  addEventListener(type, note, { capture: true, passive: true });
}
