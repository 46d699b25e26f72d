// Nothing typed is lost: a form with data-keep="KEY" and data-keep-for="PERSON" is kept in this browser while it is filled in.
// Kept until it has been sent and accepted, put away by hand, or the person signs out; at most half a day. Beside what was
// typed it keeps the form's own token: sent again it is the same complaint, and the files that wait for it are found again.
const PREFIX = "kept:";
const LONGEST = 12 * 60 * 60 * 1000;
const OURS = ["form-token", "call"];
const begun = new WeakMap();
let signedOut = false;

export function keepDrafts() {
  forgetOld();
  meet(document);
  document.addEventListener("htmx:load", ({ detail: { elt } }) => meet(elt));
  for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => later(target.form));
  document.addEventListener("htmx:beforeRequest", ({ target }) => keep(target, true));
  document.addEventListener("submit", ({ target }) => (signsOut(target) ? forgetAll() : keep(target, true)), true);
  document.addEventListener("htmx:afterRequest", ({ target, detail: { xhr } }) => answered(target, xhr));
  document.addEventListener("click", ({ target }) => {
    const form = target.closest("form");
    if (target.closest("[data-kept-take]")) take(form);
    if (target.closest("[data-kept-drop], [data-close]")) drop(form);
  });
  document.addEventListener("keydown", (event) => {
    const button = event.altKey && event.code === "KeyR" && document.querySelector("[data-kept]:not([hidden]) [data-kept-take]");
    if (button) event.preventDefault(), button.click();
  });
  addEventListener("pagehide", () => document.querySelectorAll("form[data-keep]").forEach((form) => keep(form, false)));
}

// A form comes onto the page: what was kept of it is offered, or put back at once where it had been sent and got lost on the way.
function meet(root) {
  for (const gone of root.querySelectorAll("[data-forget]")) forget(gone.dataset.forget);
  const forms = [...root.querySelectorAll("form[data-keep]"), ...(root.matches?.("form[data-keep]") ? [root] : [])];
  for (const form of forms) {
    begun.set(form, shape(form));
    const kept = read(form);
    if (!kept || same(kept.values, values(form))) continue;
    const offer = form.querySelector("[data-kept]");
    if (kept.sent || !offer) take(form);
    else show(offer, kept.at);
  }
}

function show(offer, at) {
  const time = offer.querySelector("time");
  time.dateTime = new Date(at).toISOString();
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", month: "numeric", day: "numeric" }).format(at);
  offer.hidden = false;
}

function take(form) {
  const kept = read(form);
  if (!kept) return;
  for (const input of form.elements) {
    const found = kept.values[input.name];
    if (!found && !counts(input)) continue;
    if (input.name === "form-token") input.value = found?.[0] ?? input.value;
    else if (["checkbox", "radio"].includes(input.type)) input.checked = found?.includes(input.value) ?? false;
    else if (found) input.value = found[0];
  }
  form.querySelector("[data-kept]")?.setAttribute("hidden", "");
  fetchFiles(form);
  form.dispatchEvent(new CustomEvent("kept:taken", { bubbles: true, detail: kept }));
  form.querySelectorAll("input:not([type=hidden], [type=file]), textarea, select").forEach(
    (input) => input.value && counts(input) && input.dispatchEvent(new Event("input", { bubbles: true })));
  form.querySelector("[autofocus]")?.focus();
}

// The files wait on the server under the form's token.
function fetchFiles(form) {
  for (const place of form.querySelectorAll(".uploads")) {
    const address = place.querySelector("[type=file]")?.getAttribute("hx-post");
    const told = { field: place.dataset.field, "form-token": form.elements["form-token"]?.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken?.value };
    if (address && told["form-token"]) window.htmx.ajax("POST", address, { target: place, swap: "outerHTML", values: told });
  }
}

const waiting = new WeakMap();

function later(form) {
  if (!form?.hasAttribute?.("data-keep")) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => keep(form, false), 200));
}

function keep(form, sent) {
  if (!form?.hasAttribute?.("data-keep") || !form.isConnected) return;
  if (signedOut || (!sent && shape(form) === begun.get(form))) return;
  clearTimeout(waiting.get(form));
  const before = read(form), now = values(form);
  // Leaving the page after the form was sent in vain changes nothing about its having been sent.
  write(form, { at: Date.now(), sent: sent || Boolean(before?.sent && same(before.values, now)), values: now });
}

function drop(form) {
  if (!form?.hasAttribute?.("data-keep")) return;
  clearTimeout(waiting.get(form));
  begun.set(form, shape(form));
  form.querySelector("[data-kept]")?.setAttribute("hidden", "");
  attempt(() => localStorage.removeItem(name(form)));
}

function values(form) {
  const found = {};
  for (const input of form.elements) {
    const off = ["checkbox", "radio"].includes(input.type) && !input.checked;
    if (!off && input.value && (counts(input) || OURS.includes(input.name))) (found[input.name] ??= []).push(input.value);
  }
  return found;
}

// Only what a person fills in; never a password, a file, or what the page itself carries.
function counts(input) {
  return Boolean(input.name) && !["hidden", "file", "password", "submit", "button"].includes(input.type) && !["FIELDSET", "OUTPUT"].includes(input.tagName);
}

function shape(form) {
  return JSON.stringify({ ...values(form), "form-token": undefined });
}

function same(one, other) {
  const plain = (found) => JSON.stringify(Object.entries(found).filter(([name]) => name !== "form-token").sort());
  return plain(one) === plain(other);
}

// Accepted, it need not be kept; refused, it arrived all the same, and is only offered when the form is opened anew.
function answered(form, xhr) {
  if (accepted(xhr)) return drop(form);
  const kept = [409, 422].includes(xhr?.status) && form.hasAttribute?.("data-keep") && read(form);
  if (kept) write(form, { ...kept, sent: false });
}

function accepted(xhr) {
  return xhr?.status === 200 && Boolean(xhr.getResponseHeader("HX-Redirect") ?? xhr.getResponseHeader("HX-Location")) && !xhr.getResponseHeader("X-Sign-In");
}

function signsOut(form) {
  return form.action.endsWith("/sign-out");
}

function name(form) {
  return `${PREFIX}${form.dataset.keepFor}:${form.dataset.keep}`;
}

function read(form) {
  const kept = attempt(() => JSON.parse(localStorage.getItem(name(form))));
  return kept && Date.now() - kept.at < LONGEST ? kept : null;
}

function write(form, kept) {
  attempt(() => localStorage.setItem(name(form), JSON.stringify(kept)));
}

function forgetOld() {
  each((key, kept) => (!kept || Date.now() - kept.at >= LONGEST) && localStorage.removeItem(key));
}

// Of a case whose personal data was erased nothing is kept in this browser either.
function forget(address) {
  each((key) => key.includes(`:${address}/`) && localStorage.removeItem(key));
}

function forgetAll() {
  signedOut = true;
  each((key) => localStorage.removeItem(key));
}

function each(act) {
  attempt(() => {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      act(key, attempt(() => JSON.parse(localStorage.getItem(key))));
    }
  });
}

// A browser may refuse to keep anything (a private window, no room): the form then works as it always did.
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
