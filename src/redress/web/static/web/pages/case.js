// The case page: the strip of sections shows where one is; a link to a part opens what is folded around it.
const links = [...document.querySelectorAll(".case-strip .tabs a")];
const parts = links.map((link) => document.querySelector(link.hash)).filter(Boolean);

const seen = new IntersectionObserver(
  () => {
    const top = document.querySelector(".case-strip").getBoundingClientRect().bottom + 24;
    const here = parts.filter((part) => part.getBoundingClientRect().top <= top).sort((one, other) => other.getBoundingClientRect().top - one.getBoundingClientRect().top)[0];
    for (const link of links) {
      const current = here && link.hash === `#${here.id}`;
      link.toggleAttribute("data-here", Boolean(current));
    }
  },
  { rootMargin: "-20% 0px -60% 0px", threshold: [0, 1] },
);
for (const part of parts) seen.observe(part);

document.addEventListener("click", ({ target }) => {
  const link = target.closest?.('a[href^="#row-"]');
  const row = link && document.querySelector(link.getAttribute("href"));
  row?.querySelector("a.button")?.focus({ preventScroll: true });
});
