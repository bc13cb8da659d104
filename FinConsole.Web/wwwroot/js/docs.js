// The API's documentation: finds routes while one types, and sends a request with a token that lives in its field alone. Nothing is stored.
const search = document.querySelector("[data-api-search]");

const filter = () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const operation of document.querySelectorAll("[data-api-operation]")) {
    const hit = words.every(word => operation.dataset.apiText.includes(word));
    operation.hidden = !hit;
    const entry = document.querySelector(`[data-api-entry="${CSS.escape(operation.id)}"]`);
    if (entry) entry.hidden = !hit;
    if (hit) found++;
  }
  for (const group of document.querySelectorAll("[data-api-group]")) group.hidden = !group.querySelector("[data-api-entry]:not([hidden])");
  const status = document.querySelector("[data-api-found]");
  status.hidden = words.length === 0;
  status.textContent = found === 0 ? status.dataset.none : found === 1 ? status.dataset.one : status.dataset.many.replace("{0}", found);
};

const requestOf = form => {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  const headers = {};
  for (const input of form.querySelectorAll("input[data-place]")) {
    if (input.value === "") continue;
    if (input.dataset.place === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(input.value));
    else if (input.dataset.place === "header") headers[input.name] = input.value;
    else query.set(input.name, input.value);
  }
  const body = form.querySelector("textarea");
  if (body && body.value !== "") headers["Content-Type"] = form.dataset.type;
  const token = document.getElementById("api-token").value.trim();
  if (token && !form.dataset.open) headers.Authorization = `Bearer ${token}`;
  const url = query.size > 0 ? `${path}?${query}` : path;
  return [url, { method: form.dataset.method, headers, body: body && body.value !== "" ? body.value : undefined, cache: "no-store", credentials: "omit", redirect: "error" }];
};

const send = async form => {
  const result = form.querySelector("[data-api-result]");
  const button = form.querySelector("button");
  button.disabled = true;
  result.hidden = false;
  result.textContent = result.dataset.sending;
  try {
    const [url, options] = requestOf(form);
    const answer = await fetch(url, options);
    const text = await answer.text();
    let shown = text;
    try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* Not JSON: shown as it is. */ }
    result.textContent = `${answer.status} ${answer.statusText}\n${shown}`;
  } catch {
    result.textContent = result.dataset.noAnswer;
  }
  button.disabled = false;
};

search?.addEventListener("input", filter);
document.addEventListener("submit", event => {
  if (event.target.matches("[data-api-try]")) { event.preventDefault(); send(event.target); }
  if (event.target.matches("[data-api-credential]")) event.preventDefault();
});
