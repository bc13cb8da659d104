// "2 minutes ago" stays true while a page is open. The server wrote it by the same rules (UserClock.Describe); this goes on from there, without
// asking it. Only the text node's data changes, so that the framework still finds its node, and what it writes meanwhile is as true.
const words = JSON.parse(document.querySelector("meta[name=finconsole-times]").content);
const pause = 10_000; // ms between two looks
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

// By the reader's clock, unless that is wrong by more than the page took to arrive.
const difference = Date.parse(words.now) - Date.now();
const skew = Math.abs(difference) > minute ? difference : 0;

const fill = (text, value) => text.replace("{0}", value);
function count(number, [one, many]) {
  const whole = Math.round(number);
  return fill(whole === 1 ? one : many, whole);
}
function describe(span) {
  if (span < minute) return null;
  if (span < 90 * minute) return count(span / minute, words.minute);
  if (span < 36 * hour) return count(span / hour, words.hour);
  if (span < 60 * day) return count(span / day, words.day);
  if (span < 730 * day) return count(span / day / 30.44, words.month);
  return count(span / day / 365.25, words.year);
}
// How far away a time is, in milliseconds: later times are positive.
const relative = span => {
  const far = describe(Math.abs(span));
  return far === null ? words.justNow : fill(span > 0 ? words.future : words.past, far);
};

function tick() {
  const now = Date.now() + skew;
  for (const time of document.getElementsByClassName("fc-relative")) {
    const text = relative(Date.parse(time.dateTime) - now);
    if (time.firstChild?.nodeType === Node.TEXT_NODE && time.firstChild.data !== text) time.firstChild.data = text;
  }
}

let timer = 0;
function begin() {
  clearInterval(timer);
  timer = 0;
  if (document.hidden) return;
  tick();
  timer = setInterval(tick, pause);
}
document.addEventListener("visibilitychange", begin);
addEventListener("pageshow", event => { if (event.persisted) begin(); });
begin();

fc.relativeTime = relative;
