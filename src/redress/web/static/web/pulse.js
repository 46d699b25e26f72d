// The pulse: every so often a page asks whether anything of its reader's has changed. The answer fills the figures of the
// navigation, tells the page's own list (an event "pulse"), and what is urgent and new is made impossible to miss.
import { setServerNow } from "./countdown.js";
import { alarm, wantsToBeCalled } from "./alarm.js";

const EVERY = 12_000;
const HIDDEN = 60_000; // a page nobody looks at asks only if its reader wants to be called
const LONGEST = 120_000;

let last = "";
let timer = 0;
let failed = 0;
let asking = false;
let again = false; // something was done while an answer was on its way: it may know nothing of it yet

export function watchPulse() {
  if (!document.body.dataset.pulse) return;
  document.addEventListener("visibilitychange", () => (document.hidden ? wait() : ask()));
  document.addEventListener("pulse:now", () => (asking ? (again = true) : ask()));
  ask();
}

async function ask() {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  try {
    const answer = await fetch(`${document.body.dataset.pulse}?print=${last}`, {
      headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store",
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) return; // signed out: there is nothing to ask any more
    if (answer.status === 200) hear(await answer.json());
    failed = answer.ok ? 0 : failed + 1;
  } catch {
    failed += 1; // no connection: ask again, less and less often
  } finally {
    asking = false;
  }
  if (again) {
    again = false;
    return ask();
  }
  wait();
}

function wait() {
  clearTimeout(timer);
  if (document.hidden && !wantsToBeCalled()) return;
  timer = setTimeout(ask, Math.min((document.hidden ? HIDDEN : EVERY) * 2 ** failed, LONGEST));
}

function hear(news) {
  // A page with a list (data-print) may have been written before what the first answer already knows of.
  const before = last || document.querySelector("[data-print]")?.dataset.print;
  last = news.print;
  setServerNow(news.now);
  for (const [name, number] of Object.entries(news.counts)) {
    for (const place of document.querySelectorAll(`[data-count="${name}"]`)) {
      place.hidden = !number;
      place.textContent = number > 99 ? "99+" : number;
      place.classList.toggle("urgent", name === "work" && news.urgent.length > 0);
    }
  }
  alarm(news);
  if (before !== undefined && before !== last) document.dispatchEvent(new CustomEvent("pulse", { detail: news }));
}
