// Calling by keyboard: j and k take the next call or the one before, a digit says how it ended, n that nobody was reached, c shows
// or dials the number, o opens the case.
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest?.("input, textarea, select")) return;
  if (/^[1-9]$/.test(event.key) && pick(Number(event.key) - 1)) return event.preventDefault();
  const act = { j: () => step(1), k: () => step(-1), n: unreached, c: call, o: openCase }[event.key];
  if (act?.()) event.preventDefault();
});
document.addEventListener("click", (event) => event.target.closest?.("[data-unreached]") && unreached());
document.addEventListener("keydown", (event) => event.key === "Escape" && event.target.closest?.("#unreached") && unreached());

function step(by) {
  const links = [...document.querySelectorAll("[data-call]")];
  const to = links[links.findIndex((link) => link.hasAttribute("aria-current")) + by];
  to?.click();
  return Boolean(to);
}

function pick(number) {
  const input = document.querySelectorAll(".ended input")[number];
  input?.focus();
  input?.click();
  return Boolean(input);
}

function unreached() {
  const form = document.querySelector("#unreached");
  if (!form) return false;
  const open = form.classList.toggle("open");
  const button = document.querySelector("form [data-unreached][aria-controls]");
  button?.setAttribute("aria-expanded", String(open));
  if (open) {
    form.querySelector("input:checked").focus();
    form.scrollIntoView({ block: "end", behavior: "instant" });
  } else {
    button?.focus();
  }
  return true;
}

function call() {
  const phone = document.querySelector("[data-phone]");
  phone?.click();
  return Boolean(phone);
}

function openCase() {
  document.querySelector("[data-case]")?.click();
  return true;
}
