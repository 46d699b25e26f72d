// The acts of a case, found by typing: f opens the box, arrows move through what is left, Enter opens the form in place.
const box = document.querySelector("#find-act");
const card = document.querySelector("#can");
const said = card?.querySelector(".found-acts");
const rows = [...(card?.querySelectorAll("[data-act]") ?? [])].map((row) => ({ row, words: wordsOf(row) }));
const folds = [...(card?.querySelectorAll("details") ?? [])];
let wereOpen = null;

if (box) {
  box.parentElement.hidden = false;
  box.addEventListener("input", narrow);
  card.addEventListener("keydown", move);
  document.addEventListener("keydown", open);
}

// An act is found by its name and by the numbers of its clauses, not by what its clauses say.
function wordsOf(row) {
  const clauses = [...row.querySelectorAll(".clause")].map((clause) => clause.firstChild.textContent);
  return [row.querySelector(".name").textContent, ...clauses].join(" ").toLowerCase();
}

function open(event) {
  if (event.key !== "f" || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open], :popover-open")) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function narrow() {
  const asked = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const writing = (row) => row.querySelector(".slot form"); // a form somebody is filling in is not taken from them
  for (const { row, words } of rows) row.hidden = !asked.every((word) => words.includes(word)) && !writing(row);
  wereOpen ??= folds.map((fold) => fold.open);
  folds.forEach((fold, place) => {
    const left = fold.querySelector("[data-act]:not([hidden])");
    fold.open = asked.length ? Boolean(left) : wereOpen[place] || Boolean(writing(fold));
    fold.hidden = !left;
  });
  for (const part of card.querySelectorAll(".not-yet, .offers")) part.hidden = !part.querySelector("[data-act]:not([hidden])");
  if (!asked.length) wereOpen = null;
  const number = rows.filter(({ row }) => !row.hidden).length;
  said.textContent = asked.length ? (number ? said.dataset.some.replace("#", number) : said.dataset.none) : "";
}

function move(event) {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const links = [...card.querySelectorAll("[data-act] a.button[hx-get]")].filter((link) => link.checkVisibility());
  const at = links.indexOf(event.target);
  if (event.target !== box && at < 0) return;
  if (event.key === "ArrowDown") links[Math.min(at + 1, links.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (links[at - 1] ?? box).focus();
  else if (event.key === "Enter" && event.target === box) box.value.trim() && links[0]?.click();
  else if (event.key === "Escape" && (box.value || event.target !== box)) clear();
  else return;
  event.preventDefault();
}

function clear() {
  box.value = "";
  narrow();
  box.focus();
}
