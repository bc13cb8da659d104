// Coming back after a lost connection, or leaving for sign-in. The framework tries to reconnect for minutes, also where the server refuses
// because the session is over, and what the server said at its end was lost where no connection carried it. So a page asks by itself
// whether there is a session to come back to, as long as it is cut off.
const banner = document.getElementById("components-reconnect-modal");
const failure = document.getElementById("blazor-error-ui");
const pause = 3000; // ms between two questions
const reloadCookie = "finconsole-reload";
const secure = location.protocol === "https:" ? "; Secure" : "";
let asking = false;
let timer;
let seen = "";

const shows = (...states) => states.some(state => banner.classList.contains(`components-reconnect-${state}`));
const isCutOff = () => shows("show", "failed", "rejected") || failure.style.display === "block";

fc.isCutOff = isCutOff;

// Answers whether the page is leaving.
async function leaves() {
  const answer = await fetch("/account/session", { cache: "no-store", redirect: "manual" });
  if (answer.status === 401) {
    location.assign(`/account/login?ended=1&returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
    return true;
  }
  if (!answer.ok || !shows("failed", "rejected")) return false;
  // The circuit is gone for good. Nobody asked for the new page: it must not keep an idle session alive. It removes the mark.
  document.cookie = `${reloadCookie}=1; Path=/; Max-Age=30; SameSite=Lax${secure}`;
  location.reload();
  return true;
}

async function look() {
  clearTimeout(timer);
  if (asking || !isCutOff()) return;
  asking = true;
  if (await leaves().catch(() => false)) return;
  asking = false;
  timer = setTimeout(look, pause);
}

// The framework marks each second of its waiting as well.
function onChange() {
  const now = `${["show", "failed", "rejected"].filter(state => shows(state))} ${failure.style.display}`;
  if (now === seen) return;
  seen = now;
  look();
}

document.cookie = `${reloadCookie}=; Path=/; Max-Age=0; SameSite=Lax${secure}`;
if (banner && failure) {
  // Where not even the first connection came about, the framework says nothing, and the page answers to nothing.
  addEventListener("unhandledrejection", event => {
    if (event.reason?.errorType === "FailedToNegotiateWithServerError") failure.style.display = "block";
  });
  failure.querySelector(".reload").addEventListener("click", event => {
    event.preventDefault();
    location.reload();
  });
  const watch = new MutationObserver(onChange);
  watch.observe(banner, { attributes: true, attributeFilter: ["class"] });
  watch.observe(failure, { attributes: true, attributeFilter: ["style"] });
}
