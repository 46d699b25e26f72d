// Deciding by keyboard: j and k lay the next or the one before out, a goes to "approve" (Enter gives the answer), r to the
// reason of a refusal (Ctrl Enter gives it), o opens the case.
let refusing = false;

document.addEventListener("keydown", (event) => {
  const form = document.querySelector(".answer form");
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.contains(event.target)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return button(form, refusing ? "refuse" : "approve").click();
  }
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, textarea, select")) return;
  const act = { j: () => step(1), k: () => step(-1), a: () => approve(form), r: () => refuse(form), o: openCase }[event.key];
  if (act?.()) event.preventDefault();
}, { capture: true });

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.('.answer [name="answer"]')) refusing = target.value === "refuse";
});

function step(by) {
  const links = [...document.querySelectorAll("[data-request]")];
  const to = links[links.findIndex((link) => link.hasAttribute("aria-current")) + by];
  to?.click();
  return Boolean(to);
}

function approve(form) {
  if (!form) return false;
  refusing = false;
  const empty = [...form.elements].find((field) => field.required && !(field.type === "radio" ? form.elements[field.name].value : field.value));
  (empty ?? button(form, "approve")).focus();
  return true;
}

function refuse(form) {
  if (!form) return false;
  refusing = true;
  form.elements.reason.focus();
  return true;
}

function openCase() {
  document.querySelector("[data-case]")?.click();
  return true;
}

function button(form, answer) {
  return form.querySelector(`button[name="answer"][value="${answer}"]`);
}
