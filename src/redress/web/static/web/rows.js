// Moving through a list by keyboard: j and k or the arrows, Enter opens, o goes to the case. The row with the focus is the
// current one; a form that stands open in it keeps its own keys.
export function current(selector) {
  return document.activeElement?.closest?.(selector);
}

export function watchRows(selector, acts = {}) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    if (event.key === "j" || event.key === "k") return step(event, selector, event.key === "j" ? 1 : -1);
    const row = current(selector);
    if (row && event.target === row && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      return step(event, selector, event.key === "ArrowDown" ? 1 : -1);
    }
    const act = acts[event.key];
    if (!act || (event.key === "Enter" && event.target !== row)) return;
    if (act(row, event) !== false) event.preventDefault();
  });
}

export function focusRow(row) {
  if (!row) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(event, selector, by) {
  const rows = [...document.querySelectorAll(selector)].filter((row) => row.checkVisibility?.() ?? true);
  if (!rows.length) return;
  event.preventDefault();
  const at = rows.indexOf(current(selector));
  focusRow(rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)]);
}

function isTyping(element) {
  return Boolean(element.closest?.("input:not([type=radio], [type=checkbox], [type=hidden]), textarea, select, [contenteditable]"));
}
