// My work while it is open: duties move between the groups as time passes, what is done goes and hands the focus on, what
// arrives takes its place; a form that somebody is filling in is left alone.
import { watchAlarms } from "../alarm.js";
import { serverNow } from "../countdown.js";
import { current, focusRow, watchRows } from "../rows.js";

const SOON = 30 * 60_000;
const DAY = 24 * 60 * 60_000;
const ROW = ".task";

watchAlarms();
watchRows(ROW, { Enter: openFirst, o: openCase, "?": toggleKeys });
document.addEventListener("click", (event) => event.target.closest?.("[data-keys]") && toggleKeys());
document.addEventListener("change", (event) => event.target.matches?.("[data-submits]") && event.target.form.requestSubmit());
document.addEventListener("pulse", refresh);
document.body.addEventListener("work:done", ({ detail }) => done(detail));
document.querySelector("[data-keys]")?.removeAttribute("hidden");
setInterval(regroup, 1000);
arrive();
addEventListener("hashchange", arrive);

// The row that an address points to is the current one.
function arrive() {
  if (location.hash.startsWith("#row-")) focusRow(document.getElementById(decodeURIComponent(location.hash.slice(1))));
}

function openFirst(row) {
  const act = row.querySelector(".do .button");
  act?.click();
  return Boolean(act);
}

function openCase(row) {
  row?.querySelector(".case-link")?.click();
  return Boolean(row);
}

function toggleKeys() {
  const keys = document.querySelector("#work-keys");
  keys.hidden = !keys.hidden;
  document.querySelector("[data-keys]").setAttribute("aria-expanded", String(!keys.hidden));
}

// A duty has been fulfilled in place: its row goes, the next one is current, and the list is asked for anew.
function done({ row: id, words }) {
  const row = document.getElementById(id);
  const rows = [...document.querySelectorAll(ROW)];
  const at = rows.indexOf(row);
  const next = rows[at + 1] ?? rows[at - 1];
  const flash = document.createElement("p");
  flash.className = "flash success";
  flash.textContent = words;
  document.querySelector("#flashes")?.replaceChildren(flash);
  row?.remove();
  regroup();
  if (next) focusRow(next);
  else document.querySelector("#main")?.focus();
  asked += 1; // a list that is on its way was asked for before this was done
  document.dispatchEvent(new Event("pulse:now"));
}

let asked = 0;

// Which group a due time belongs to now; the same boundaries as the server's.
function groupOf(row, dayEnd) {
  if (!row.dataset.due) return "later";
  const left = Date.parse(row.dataset.due) - serverNow();
  if (left <= 0) return "late";
  if (left <= SOON) return "soon";
  return Date.parse(row.dataset.due) < dayEnd ? "today" : "later";
}

function regroup() {
  const list = document.querySelector("#work-list");
  if (!list) return;
  let dayEnd = Date.parse(list.dataset.dayEnd);
  while (dayEnd <= serverNow()) dayEnd += DAY;
  for (const row of list.querySelectorAll(ROW)) {
    const group = list.querySelector(`[data-group="${groupOf(row, dayEnd)}"] > ul`);
    if (row.parentElement !== group) keepingFocus(() => place(group, row));
  }
  tally(list);
}

function place(group, row) {
  const due = row.dataset.due;
  const after = [...group.children].find((other) => due && (!other.dataset.due || Date.parse(other.dataset.due) > Date.parse(due)));
  group.insertBefore(row, after ?? null);
}

function tally(list) {
  let all = 0;
  for (const group of list.querySelectorAll("[data-group]")) {
    const number = group.querySelectorAll(ROW).length;
    all += number;
    group.hidden = number === 0;
    const count = group.querySelector(".count");
    if (count.textContent !== String(number)) count.textContent = number;
  }
  list.querySelector("[data-empty]").hidden = all > 0;
}

async function refresh() {
  const parts = document.querySelector("#work-parts");
  if (!parts) return;
  const mine = ++asked;
  const answer = await fetch(parts.dataset.list + location.search, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected || mine !== asked) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  merge(parts, fresh);
}

function merge(parts, fresh) {
  const list = parts.querySelector("#work-list");
  const theirs = fresh.querySelector("#work-list");
  if (!theirs) return;
  const known = new Map([...list.querySelectorAll(ROW)].map((row) => [row.id, row]));
  const arrived = [];
  list.dataset.dayEnd = theirs.dataset.dayEnd;
  keepingFocus(() => {
    for (const group of theirs.querySelectorAll("[data-group]")) {
      const place = list.querySelector(`[data-group="${group.dataset.group}"] > ul`);
      let before = place.firstElementChild;
      for (const row of [...group.querySelectorAll(ROW)]) {
        const mine = known.get(row.id);
        known.delete(row.id);
        const stays = mine && isBusy(mine);
        const shown = stays ? freshened(mine, row) : document.adoptNode(row);
        if (!mine) arrived.push(shown);
        if (mine && !stays) {
          if (mine === before) before = before.nextElementSibling;
          mine.remove();
        }
        if (shown === before) before = before.nextElementSibling;
        else place.insertBefore(shown, before);
        if (!stays) window.htmx?.process(shown);
      }
    }
    for (const gone of known.values()) leave(gone, parts.dataset.gone);
  });
  const total = fresh.querySelector("template[data-total]");
  if (total) document.querySelector("#work-total").replaceChildren(document.adoptNode(total.content));
  swapNotices(fresh.querySelector("#notices"));
  for (const row of arrived) row.classList.add("arrived");
  if (arrived.length) {
    document.querySelector("#work-news").textContent =
      parts.dataset.arrived + arrived.map((row) => row.querySelector(".must").textContent).join(" · ");
  }
  regroup();
}

// A row with a form open in it or on its way to it, or with the focus inside, is not exchanged.
function isBusy(row) {
  return Boolean(row.querySelector(".slot > *, .htmx-request")) || (row !== document.activeElement && row.contains(document.activeElement));
}

function freshened(mine, row) {
  mine.querySelector(".time").replaceWith(document.adoptNode(row.querySelector(".time")));
  if (row.dataset.due) mine.dataset.due = row.dataset.due;
  else delete mine.dataset.due;
  mine.querySelector(".gone")?.remove();
  return mine;
}

// Somebody else has seen to it: a row goes, unless what was typed in it would go too. One whose form is on its way stays
// until the answer comes: the list may know of the deed before its doer does.
function leave(row, words) {
  if (row.querySelector(".htmx-request")) return;
  const typed = [...row.querySelectorAll(".slot textarea, .slot input:not([type=hidden], [type=radio], [type=checkbox])")].some((field) => field.value !== field.defaultValue);
  if (!typed) return row.remove();
  if (row.querySelector(".gone")) return;
  const line = document.createElement("p");
  line.className = "gone small";
  line.textContent = words;
  row.querySelector(".slot").prepend(line);
}

function swapNotices(fresh) {
  const mine = document.querySelector("#notices");
  if (!fresh || !mine || mine.contains(document.activeElement)) return;
  const shown = document.adoptNode(fresh);
  mine.replaceWith(shown);
  window.htmx?.process(shown);
}

// Moving an element in the document takes its focus away: it is given back, or handed to the row after one that went.
function keepingFocus(change) {
  const before = document.activeElement;
  const row = current(ROW);
  const rows = [...document.querySelectorAll(ROW)];
  change();
  if (document.activeElement === before) return;
  const at = rows.indexOf(row);
  const heirs = row ? [row, ...rows.slice(at + 1), ...rows.slice(0, at).reverse()] : [];
  const to = before?.isConnected ? before : heirs.map((one) => document.getElementById(one.id)).find(Boolean);
  to?.focus({ preventScroll: true });
}
