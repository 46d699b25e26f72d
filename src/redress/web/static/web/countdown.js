// Live countdowns. The server wrote them once; from then on they follow the server's clock, not the machine's.
const { days, hours, minutes, seconds, left, late } = document.body.dataset;
let told = Date.parse(document.querySelector('meta[name="server-now"]').content);
let heard = performance.now();

// What time it is for the server, in milliseconds.
export function serverNow() {
  return told + (performance.now() - heard);
}

// The server has said what time it is: the machine may have slept in between.
export function setServerNow(iso) {
  told = Date.parse(iso);
  heard = performance.now();
}

export function watchCountdowns() {
  setInterval(() => document.querySelectorAll("time[data-due]").forEach(show), 1000);
}

function show(element) {
  const now = serverNow();
  const due = Date.parse(element.dataset.due);
  const isLate = now >= due;
  const isSoon = !isLate && element.dataset.soon && now >= Date.parse(element.dataset.soon);
  element.classList.toggle("late", isLate);
  element.classList.toggle("soon", Boolean(isSoon));
  element.closest(".duty")?.classList.toggle("late", isLate);
  element.querySelector(".lead").textContent = isLate ? late : left;
  const parts = partsOf(Math.floor(Math.abs(due - now) / 1000));
  const text = JSON.stringify(parts);
  const place = element.querySelector(".left");
  if (place.dataset.shown === text) return;
  place.dataset.shown = text;
  place.replaceChildren(...parts.flatMap(([number, unit]) => [String(number), unitOf(unit)]));
}

// The same two largest units as durations.py gives.
function partsOf(total) {
  const d = Math.floor(total / 86400), h = Math.floor(total / 3600) % 24, m = Math.floor(total / 60) % 60, s = total % 60;
  if (d) return [[d, days], [h, hours]];
  if (h) return [[h, hours], [m, minutes]];
  if (m >= 10) return [[m, minutes]];
  return [[m, minutes], [s, seconds]];
}

function unitOf(word) {
  const unit = document.createElement("span");
  unit.className = "unit";
  unit.textContent = word;
  return unit;
}
