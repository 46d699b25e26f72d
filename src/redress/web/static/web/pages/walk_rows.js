// Lists that experts work through: j and k (or the arrows) go from row to row, Enter opens. Esc lets go.
const links = () => [...document.querySelectorAll("[data-rows] [data-open]")].filter((one) => one.offsetParent);

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest?.("input, textarea, select, dialog")) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" && document.activeElement?.matches("[data-open]")) return document.activeElement.blur();
  if (!step || (event.key.startsWith("Arrow") && !document.activeElement?.matches("[data-open]"))) return;
  const all = links();
  const at = all.indexOf(document.activeElement);
  const to = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  if (!to) return;
  event.preventDefault();
  to.focus();
  to.scrollIntoView({ block: "nearest" });
});
