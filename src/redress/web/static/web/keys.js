// The keyboard: Alt and a digit goes to a page, Ctrl+Enter submits, Enter moves on, a digit picks a choice, / searches.
export function watchKeys() {
  // While Alt is held, the navigation shows which digit goes where.
  const shown = (on) => document.documentElement.classList.toggle("keys-shown", on);
  document.addEventListener("keydown", (event) => event.key === "Alt" && shown(true));
  document.addEventListener("keyup", (event) => event.key === "Alt" && shown(false));
  addEventListener("blur", () => shown(false));
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Chinese input is being composed: its Enter and digits are not ours
    for (const act of [goToPage, submitForm, pickChoice, moveOn, search]) {
      if (act(event)) return event.preventDefault();
    }
  });
}

function goToPage(event) {
  if (!event.altKey || event.ctrlKey || !/^Digit[1-9]$/.test(event.code)) return false;
  const link = document.querySelector(`.nav [data-key="${event.code.at(-1)}"]`);
  link?.click();
  return Boolean(link);
}

function submitForm(event) {
  const form = event.target.form ?? event.target.closest?.("form");
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form) return false;
  form.requestSubmit();
  return true;
}

function pickChoice(event) {
  const chips = event.target.closest?.(".chips");
  if (!chips || !/^[1-9]$/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return false;
  const input = chips.querySelectorAll("input")[Number(event.key) - 1];
  if (!input) return false;
  input.focus();
  input.click();
  if (input.type === "radio") next(input)?.focus();
  return true;
}

function moveOn(event) {
  const from = event.target;
  const form = from.form;
  if (event.key !== "Enter" || event.shiftKey || event.altKey || !form?.hasAttribute("data-enter")) return false;
  if (["BUTTON", "TEXTAREA"].includes(from.tagName)) return false;
  const to = next(from);
  if (!to) return false; // the last field: Enter submits, as ever
  to.focus();
  to.select?.();
  return true;
}

function search(event) {
  const typing = event.target.closest?.("input, textarea, select");
  const box = document.querySelector("#q") ?? document.querySelector('input[type="search"]');
  if (event.key !== "/" || typing || !box) return false;
  box.focus();
  return true;
}

// The next field of the form; all inputs of one name are one field.
function next(from) {
  const fields = [...from.form.elements].filter((one) => one.type !== "hidden" && one.tagName !== "FIELDSET" && !one.disabled);
  const rest = fields.slice(fields.indexOf(from) + 1).filter((one) => one.name !== from.name);
  const to = rest.find((one) => one.tagName !== "BUTTON" || one.type === "submit");
  if (to?.type !== "radio") return to;
  return fields.find((one) => one.name === to.name && one.checked) ?? to;
}
