// The desk: suggestions are taken with one key, help is called with one key, a lost connection is told where one is looking.
const form = () => document.querySelector("#desk-form");

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const button = event.key === "Enter" ? first("[data-take]") : letter(event.code);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("click", (event) => {
  const suggestion = event.target.closest("[data-take]");
  if (suggestion) take(suggestion.dataset);
  const call = event.target.closest("[data-call]");
  if (call && document.querySelector(`[data-call-sheet="${CSS.escape(call.dataset.call)}"]`)) show(event, call);
  if (event.target.closest("[data-call-off]")) putAway(event.target.closest(".call-sheet"));
  if (event.target.closest("[data-everything]")) form().classList.remove("urgent");
}, true);

function first(selector) {
  return document.querySelector(selector);
}

function letter(code) {
  const key = code.startsWith("Key") ? code.at(-1).toLowerCase() : "";
  return key && first(`[data-letter="${key}"]`);
}

function take({ take: name, value }) {
  const inputs = [...form().elements].filter((one) => one.name === name);
  const picked = inputs.find((one) => one.value === value && "checked" in one) ?? inputs[0];
  if (picked.tagName === "SELECT") picked.value = value;
  else picked.checked = true;
  for (const kind of ["input", "change"]) picked.dispatchEvent(new Event(kind, { bubbles: true }));
}

// A call already under way is shown again, not begun anew: its moment stays.
function show(event, call) {
  event.preventDefault();
  event.stopPropagation();
  const sheet = document.querySelector(`[data-call-sheet="${CSS.escape(call.dataset.call)}"]`);
  sheet.querySelector(".dial").focus();
}

function putAway(sheet) {
  sheet.remove();
  if (!first(".call-sheet")) form().classList.remove("urgent");
  first("#desk-form input:not([type=hidden]), #desk-form select, #desk-form textarea")?.focus();
}

document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (target.id === "calls") {
    form().classList.add("urgent");
    target.querySelector(".call-sheet:last-of-type .dial")?.focus();
  }
  if (target.id === "main") focusWhatIsWrong();
});

// After a refusal the first wrong field, or the button that confirms a warning, has the focus.
function focusWhatIsWrong() {
  first("#desk-form [aria-invalid=true], #desk-form .foot [autofocus], #desk-form [autofocus]")?.focus();
}

// What was begun before and is taken up again: the calls made then stand on the form again, with their moments.
document.addEventListener("kept:taken", ({ detail: { values } }) => {
  for (const call of values.call ?? []) {
    window.htmx.ajax("POST", document.querySelector(".calls [data-call]")?.getAttribute("hx-post"), {
      target: "#calls", swap: "beforeend", values: { calling: call, csrfmiddlewaretoken: form().elements.csrfmiddlewaretoken.value },
    });
  }
});

// Hints that do not come are no trouble; a registration that does not arrive is told beside its button.
for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(trouble, (event) => {
    if (event.target.closest?.("#hints, #earlier")) event.stopImmediatePropagation();
    else if (event.target === form()) connection(false);
  }, true);
}
addEventListener("offline", () => connection(false));
addEventListener("online", () => connection(true));

function connection(there) {
  const line = first("#desk-form .saved");
  if (!line || (there && !line.classList.contains("lost"))) return;
  line.classList.toggle("lost", !there);
  line.textContent = there ? line.dataset.back : line.dataset.lost;
}
