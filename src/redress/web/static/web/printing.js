// A button that prints the page. It has its place from the first, so that nothing moves; without scripts the style hides it.
export function watchPrinting() {
  document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());
}
