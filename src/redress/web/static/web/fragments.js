// Forms that open in place: the first field takes the focus, a closed one gives it back, a lost connection is told.
export function watchFragments() {
  // Only a settled form is wired to be answered in place: who submits it the moment it has the focus must not leave the page.
  document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
    const field = target.querySelector?.("[aria-invalid=true], [autofocus], input:not([type=hidden]), select, textarea");
    if (target.closest?.(".slot")) field?.focus();
  });
  for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(trouble, () => tell(document.body.dataset.failed));
  }
  document.addEventListener("click", (event) => {
    const closing = event.target.closest("[data-close]");
    if (closing) close(closing, event);
  });
  document.addEventListener("keydown", (event) => {
    const slot = event.key === "Escape" && event.target.closest?.(".slot");
    if (slot) close(slot, event);
  });
}

function close(from, event) {
  const slot = from.closest(".slot");
  if (!slot) return;
  event.preventDefault();
  slot.replaceChildren();
  document.querySelector(`[hx-target="#${CSS.escape(slot.id)}"]`)?.focus();
}

function tell(words) {
  const line = document.createElement("p");
  line.className = "flash error";
  line.textContent = words;
  document.querySelector("#flashes")?.replaceChildren(line);
}
