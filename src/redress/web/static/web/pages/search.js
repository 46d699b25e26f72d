// Results while one types, and the keyboard: arrows move, Enter opens, Esc goes back to the words and then clears them.
const PAUSE = 180; // between the last key and the question, so that a word costs one question and not five
const box = document.querySelector("#find");
const form = box.form;
let waiting;

box.addEventListener("input", (event) => event.isComposing || ask(PAUSE));
box.addEventListener("compositionend", () => ask(PAUSE));
if (box.value) box.setSelectionRange(box.value.length, box.value.length);

function ask(pause) {
  clearTimeout(waiting);
  waiting = setTimeout(() => htmx.trigger(form, "find"), pause);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const hits = [...document.querySelectorAll("#found a.title")];
  const at = hits.indexOf(document.activeElement);
  const typing = document.activeElement === box;
  if (!typing && at < 0 && document.activeElement !== document.body) return;
  const step = { ArrowDown: 1, ArrowUp: -1, ...(typing ? {} : { j: 1, k: -1 }) }[event.key];
  if (step) (hits[at + step] ?? (step < 0 ? box : hits[at]))?.focus();
  else if (event.key === "Escape" && !typing) box.focus();
  else if (event.key === "Escape" && box.value) { box.value = ""; ask(0); }
  else if (event.key === "Enter" && typing && hits.length && document.querySelector("#h-exact") && !waiting) hits[0].click();
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest?.("input, textarea, select")) return;
  event.preventDefault();
  event.stopPropagation(); // the bar's own box is not shown here
  box.focus();
  box.select();
}, true);
