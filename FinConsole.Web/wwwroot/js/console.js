// What the browser must do itself: theme, clipboard, files, dialogs, drafts, hashing a token before it is sent.
const root = document.documentElement;
const year = 60 * 60 * 24 * 365;
const secure = location.protocol === "https:" ? "; Secure" : "";

function setCookie(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${year}; SameSite=Lax${secure}`;
}

// Theme: one attribute on <html>, written by the server from the cookie, so that nothing flashes.
function isDark() {
  return root.dataset.theme === "dark" || (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}
function setTheme(theme) {
  root.dataset.theme = theme;
  setCookie("finconsole-theme", theme);
}

// The reader's time zone, for the server to write times in.
setCookie("finconsole-tz", Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC");

// Clipboard, by delegation: the text never makes a round trip.
async function copy(button) {
  const source = document.getElementById(button.dataset.copyFrom);
  const text = source?.dataset.copyText ?? source?.textContent ?? "";
  const done = await write(text, button);
  const status = button.parentElement.querySelector("[data-copy-status]");
  clearTimeout(button.copiedTimer);
  delete button.dataset.copied;
  if (status) {
    status.textContent = (done ? button.dataset.copiedText : button.dataset.notCopiedText) ?? "";
    status.classList.toggle("fc-hidden", done);
  }
  if (!done) {
    // The person can still copy by keyboard or menu, and is shown what.
    if (source) getSelection().selectAllChildren(source);
    return;
  }
  button.dataset.copied = "true";
  button.copiedTimer = setTimeout(() => { delete button.dataset.copied; if (status) status.textContent = ""; }, 2500);
}
async function write(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    (button.closest("[role=dialog]") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

// A file made of what the page shows: no round trip either. The address is let go of once the browser has taken it.
function download(button) {
  const text = document.getElementById(button.dataset.downloadFrom).textContent;
  save(button.dataset.downloadName, text.endsWith("\n") ? text : `${text}\n`);
}
function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

document.addEventListener("click", event => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  const copyButton = target.closest("[data-copy-from]");
  if (copyButton) return void copy(copyButton);
  const downloadButton = target.closest("[data-download-from]");
  if (downloadButton) return download(downloadButton);
  if (target.closest("[data-prints]")) return print();
  if (target.closest(".fc-skip")) {
    // Not by its address: under <base href="/"> a bare fragment leads to the overview.
    event.preventDefault();
    return document.getElementById("main")?.focus();
  }
  if (target.closest("[data-fc-theme]")) return setTheme(isDark() ? "light" : "dark");
  const reveal = target.closest("[data-shows-password]");
  if (reveal) {
    const input = document.getElementById(reveal.dataset.showsPassword);
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    reveal.setAttribute("aria-pressed", String(hidden));
    return;
  }
});

document.addEventListener("keydown", event => {
  // Escape presses the cross of the topmost dialog; what is open inside it, such as a list of options, closes first.
  if (event.key === "Escape" && !document.querySelector(".mud-popover-open")) openDialogs().at(-1)?.querySelector("[data-fc-close]:not(:disabled)")?.click();
}, true);

// A form that is sent the ordinary way is sent once, however often its button is pressed.
document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.matches("form[method=post]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "true";
  setTimeout(() => delete form.dataset.sent, 8000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(form => delete form.dataset.sent));

// Drafts: what was typed into a form marked so, but never a secret, for this tab's session and for the member who typed it. A token that was
// pasted into another field is none the less one.
const draftPrefix = "fc-draft:";
const draftKey = name => `${draftPrefix}${document.body.dataset.fcMember}:${name}`;
const holdsToken = text => /fc_(?:dev|stg|prd|svc)_[0-9a-z]{16}/i.test(text);
if (document.body.dataset.fcMember) {
  const own = draftKey("");
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(draftPrefix) && !key.startsWith(own)) sessionStorage.removeItem(key);
}
for (const type of ["input", "focusout"]) document.addEventListener(type, event => {
  const form = event.target.closest?.("form[data-fc-draft]");
  if (!form) return;
  const draft = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "password" || field.dataset.secret !== undefined) continue;
    if (holdsToken(field.value) || (field.type === "radio" && !field.checked)) continue;
    if (field.type === "checkbox") (draft[field.name] ??= []).push(...(field.checked ? [field.value] : []));
    else draft[field.name] = field.value;
  }
  sessionStorage.setItem(draftKey(form.dataset.fcDraft), JSON.stringify(draft));
});

const crcTable = Uint32Array.from({ length: 256 }, (_, i) => {
  for (let bit = 0; bit < 8; bit++) i = i & 1 ? (i >>> 1) ^ 0xEDB88320 : i >>> 1;
  return i >>> 0;
});
function crc32(text) {
  let crc = 0xFFFFFFFF;
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ crcTable[(crc ^ text.charCodeAt(i)) & 0xFF];
  return (crc ^ 0xFFFFFFFF) >>> 0;
}
function base62(value, length) {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let text = "";
  for (; text.length < length; value = Math.floor(value / 62)) text = digits[value % 62] + text;
  return text;
}

// Where the focus was, latest first: also what is busy, and so disabled, by the time a dialog opens.
const anyDialog = "[role=dialog]";
let visited = [];
let lastFocusOnPage = null;
document.addEventListener("focusin", event => {
  if (!event.target.closest(anyDialog)) lastFocusOnPage = event.target;
  visited = [event.target, ...visited.filter(each => each !== event.target && each.isConnected)].slice(0, 8);
});
// A press beside an open dialog would leave its focus nowhere.
document.addEventListener("mousedown", event => {
  if (event.target.closest?.(".mud-overlay-dialog")) event.preventDefault();
}, true);

const openDialogs = () => [...document.querySelectorAll(".mud-dialog-container [role=dialog]")];

// Focus goes back to what opened the dialog. What is busy still gets it when its work is done; what is gone leaves it to the dialog
// beneath, or to the page.
function giveFocusBack(opener) {
  const beneath = openDialogs().at(-1);
  const wanted = [opener, lastFocusOnPage, beneath?.querySelector("[data-autofocus]"), document.getElementById("main")];
  for (const element of wanted.filter(each => each?.isConnected && (!beneath || beneath.contains(each)))) {
    if (element.disabled) return focusWhenEnabled(element);
    element.focus();
    if (document.activeElement === element) return;
  }
}
const openers = new Map();
let openedFrom = null;
// The server says that a dialog is closed before the page has changed; on a busy machine, long before.
function whenGone(id, act) {
  const dialog = document.getElementById(id);
  if (!dialog) return act();
  const watch = new MutationObserver(() => {
    if (dialog.isConnected) return;
    watch.disconnect();
    act();
  });
  watch.observe(document.body, { childList: true, subtree: true });
}
function focusWhenEnabled(element) {
  const watch = new MutationObserver(() => {
    if (element.disabled) return;
    watch.disconnect();
    if (document.activeElement === document.body) element.focus();
  });
  watch.observe(element, { attributeFilter: ["disabled"] });
}

globalThis.fc = {
  setTheme,
  save,

  // Lets the browser download from an address, without leaving the page; a refusal shows as a failed download.
  fetchFile(address) {
    const link = document.createElement("a");
    link.href = address;
    link.download = "";
    link.click();
  },

  // MudBlazor traps the focus in a dialog, and leaves to the program where it begins and, where the opener was busy, where it goes back to.
  dialogOpened(id) {
    const dialog = document.getElementById(id)?.querySelector("[role=dialog]");
    if (!dialog) return;
    // A heading has the focus after a navigation, and opens nothing.
    openers.set(id, openedFrom ?? visited.find(each => each.tabIndex >= 0 && !dialog.contains(each)));
    openedFrom = null;
    const first = dialog.querySelector("[data-autofocus]") ?? dialog.querySelector(".mud-dialog-content :is(input:not([type=hidden]):not([tabindex='-1']), select, textarea)");
    (first ?? dialog.querySelector(".mud-dialog-actions button") ?? dialog).focus();
  },
  // A key opens the next dialog, from wherever the focus is.
  openedFrom(element) {
    openedFrom = element === document.body ? null : element;
  },
  dialogClosed(id) {
    const opener = openers.get(id);
    openers.delete(id);
    whenGone(id, () => {
      if (document.activeElement === document.body || !document.activeElement?.isConnected) giveFocusBack(opener);
    });
  },
  focusHeading: () => document.querySelector("h1")?.focus(),
  focusFirstInvalid() {
    const field = (openDialogs().at(-1) ?? document).querySelector("[aria-invalid=true]");
    field?.scrollIntoView({ block: "center" });
    field?.focus();
  },
  readDraft: name => sessionStorage.getItem(draftKey(name)),
  clearDraft(name) {
    // A form that is on its way out would write it once more as it loses the focus.
    for (const form of document.querySelectorAll(`form[data-fc-draft="${name}"]`)) form.removeAttribute("data-fc-draft");
    sessionStorage.removeItem(draftKey(name));
  },

  // Reads what was pasted and empties the field. Only the hash leaves the browser; null for a text that cannot be a token.
  async takeTokenHash(input) {
    const text = input.value.trim();
    input.value = "";
    const shape = /^fc_(dev|stg|prd)_[0-9A-Za-z]{49}$/.test(text);
    if (!shape || base62(crc32(text.slice(0, 50)), 6) !== text.slice(50)) return null;
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, "0")).join("");
  },
};
