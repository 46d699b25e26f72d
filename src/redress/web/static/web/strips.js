// A strip that is wider than the screen begins with where one is.
export function showCurrent() {
  for (const strip of document.querySelectorAll(".tabs, .life")) {
    const here = strip.querySelector("[aria-current]");
    if (here && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
  }
}
