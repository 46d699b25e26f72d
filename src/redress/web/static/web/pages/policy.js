// The document: finding words in it, narrowing it to what runs, is prompted or is shown, and a table of contents that follows.
const articles = [...document.querySelectorAll(".policy .article")];
const chapters = [...document.querySelectorAll(".policy .chapter")];
const box = document.querySelector("#in-policy");
const told = document.querySelector("#found");
const choices = [...document.querySelectorAll(".statuses a")];
let shows = document.querySelector("#policy").dataset.shows ?? "";

let texts; // read when something is looked for: the page answers sooner

box?.addEventListener("input", narrow);
box?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  box.value = "";
  narrow();
});

// Where the whole document is here, a choice narrows it in place; the address says which.
if (!shows) {
  for (const choice of choices) {
    choice.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      shows = choice.dataset.shows;
      history.replaceState(null, "", choice.href);
      for (const one of choices) one.toggleAttribute("aria-current", one === choice);
      for (const one of choices) if (one === choice) one.setAttribute("aria-current", "true");
      narrow();
    });
  }
}

function narrow() {
  const words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  texts ??= new Map(articles.map((article) => [article, article.textContent.toLowerCase()]));
  let count = 0;
  for (const article of articles) {
    const fits = (!shows || article.dataset.status === shows) && words.every((word) => texts.get(article).includes(word));
    article.hidden = !fits;
    count += fits;
  }
  for (const chapter of chapters) {
    const inside = chapter.querySelectorAll(".article");
    chapter.hidden = inside.length > 0 ? [...inside].every((one) => one.hidden) : words.length > 0 || Boolean(shows);
  }
  told.textContent = words.length || shows ? (count ? box.dataset.some.replace("{n}", count) : box.dataset.none) : "";
}

// The chapter being read is marked in the table of contents.
const entries = new Map([...document.querySelectorAll(".reading .toc a")].map((link) => [link.hash.slice(1), link]));
const seen = new Set();
const watcher = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) seen[isIntersecting ? "add" : "delete"](target);
    const first = chapters.find((chapter) => seen.has(chapter));
    const here = first && entries.get(first.getAttribute("aria-labelledby"));
    if (!here) return;
    for (const link of entries.values()) link.toggleAttribute("aria-current", link === here);
    here.setAttribute("aria-current", "true");
    const list = here.closest(".toc");
    if (list.scrollHeight > list.clientHeight) list.scrollTop = here.offsetTop - list.offsetTop - list.clientHeight / 2;
  },
  { rootMargin: "-10% 0px -60% 0px" },
);
for (const chapter of chapters) watcher.observe(chapter);
