// Missed rounds: all of one sort with one tick, a stretch of them with Shift, how many are chosen, Esc lets go of all.
const times = () => [...document.querySelectorAll('[name="round"][form="account"]')];
const among = (tick) => [...tick.closest(".times-missed").querySelectorAll('[name="round"]')];
let last = null;

function show() {
  const all = times();
  const chosen = all.filter((one) => one.checked).length;
  const place = document.querySelector("#account .chosen");
  if (place) place.textContent = chosen === 0 ? "" : chosen === 1 ? place.dataset.one : place.dataset.many.replace("{n}", chosen);
  for (const tick of document.querySelectorAll("[data-all]")) {
    const mine = among(tick), on = mine.filter((one) => one.checked).length;
    tick.closest("label").hidden = false;
    tick.checked = on === mine.length;
    tick.indeterminate = on > 0 && on < mine.length;
  }
}

function letGo() {
  times().forEach((one) => (one.checked = false));
  show();
}

document.addEventListener("click", (event) => {
  const tick = event.target;
  if (tick.matches?.("[data-none]")) return letGo();
  if (!tick.matches?.('[name="round"][form="account"]')) return;
  const mine = among(tick);
  if (event.shiftKey && last && mine.includes(last)) {
    const [from, to] = [mine.indexOf(last), mine.indexOf(tick)].sort((a, b) => a - b);
    mine.slice(from, to + 1).forEach((one) => (one.checked = tick.checked));
  }
  last = tick;
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-all]")) among(event.target).forEach((one) => (one.checked = event.target.checked));
  if (event.target.matches?.("[data-all], [name=round]")) show();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !event.target.closest?.("#account, .times-missed")) return;
  if (event.target.closest(".slot form") || !times().some((one) => one.checked)) return;
  event.preventDefault();
  letGo();
});

// What was kept of an account that was not sent has been put back.
document.addEventListener("kept:taken", () => {
  times().forEach((one) => one.checked && (one.closest("details").open = true));
  show();
});
document.addEventListener("htmx:afterSettle", ({ target }) => {
  show();
  // The answer to what was done far down the page stands at its top.
  if (target.id === "main") document.querySelector("#flashes .flash")?.scrollIntoView({ block: "center" });
});
show();
