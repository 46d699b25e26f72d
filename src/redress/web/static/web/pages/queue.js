// The list by keyboard: j and k (or the arrows) move, Enter opens as on any link, f goes to the filters, n to the next page.
const links = () => [...document.querySelectorAll("[data-keys] .title")];

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest?.("input, textarea, select, [popover]")) return;
  const act = KEYS[event.key];
  if (act?.()) event.preventDefault();
});

// A choice from a list is meant at once.
document.querySelector(".queue .selects")?.addEventListener("change", (event) => event.target.form.requestSubmit());

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  f: () => focusOn(".queue .selects select"),
  n: () => open('a[rel="next"]'),
};

function move(step) {
  const all = links();
  const at = all.indexOf(document.activeElement);
  const to = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
  return Boolean(to);
}

function focusOn(where) {
  const found = document.querySelector(where);
  found?.focus();
  return Boolean(found);
}

function open(where) {
  const found = document.querySelector(where);
  found?.click();
  return Boolean(found);
}
