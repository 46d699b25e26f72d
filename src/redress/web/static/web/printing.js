// A button that prints the page, shown only where something can print it.
export function watchPrinting() {
  document.querySelectorAll("[data-print]").forEach((button) => (button.hidden = false));
  document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());
}
