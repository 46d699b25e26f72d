// The case page: the strip of sections shows where one is; a link to a part opens what is folded around it.
const links = [...document.querySelectorAll(".case-strip .tabs a")];
const strip = document.querySelector(".case-strip");
const parts = links.map((link) => document.querySelector(link.hash)).filter(Boolean);

const seen = new IntersectionObserver(
  () => {
    const top = strip.getBoundingClientRect().bottom + 24;
    const here = parts.filter((part) => part.getBoundingClientRect().top <= top).sort((one, other) => other.getBoundingClientRect().top - one.getBoundingClientRect().top)[0];
    for (const link of links) {
      const current = here && link.hash === `#${here.id}`;
      link.toggleAttribute("data-here", Boolean(current));
    }
  },
  { rootMargin: "-20% 0px -60% 0px", threshold: [0, 1] },
);
for (const part of parts) seen.observe(part);

// The number and the deadline come along in the strip once the head that says them is out of sight.
const head = document.querySelector(".case-head .at-a-glance");
if (head) new IntersectionObserver(([one]) => strip.toggleAttribute("data-stuck", !one.isIntersecting), { rootMargin: "-60px 0px 0px 0px" }).observe(head);

document.addEventListener("click", ({ target }) => {
  const link = target.closest?.('a[href^="#row-"]');
  const row = link && document.querySelector(link.getAttribute("href"));
  row?.querySelector("a.button")?.focus({ preventScroll: true });
});
