// The drill's clock runs here between two looks at the server: as fast as the drill, from the moment the server told.
const { left, late } = document.body.dataset;
let told = 0, speed = 0, since = performance.now();

function listen() {
  const clock = document.querySelector("#drill-clock");
  if (!clock) return;
  told = Date.parse(clock.dataset.drillNow);
  speed = Number(clock.dataset.drillSpeed);
  since = performance.now();
}

function show() {
  const now = told + (performance.now() - since) * speed;
  const face = document.querySelector("[data-drill-face]");
  const shown = face?.closest("time").getAttribute("datetime");
  if (face && speed) face.textContent = clockOf(now, shown);
  document.querySelectorAll("time[data-drill-due]").forEach((one) => count(one, now));
}

// Hours and minutes in the zone in which the server wrote the time.
function clockOf(now, written) {
  const zone = written.match(/([+-])(\d\d):(\d\d)$/);
  const minutes = zone ? (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  return new Date(now + minutes * 60000).toISOString().slice(11, 16);
}

function count(element, now) {
  const due = Date.parse(element.dataset.drillDue);
  const isLate = now >= due;
  element.classList.toggle("late", isLate);
  element.classList.toggle("soon", !isLate && Boolean(element.dataset.drillSoon) && now >= Date.parse(element.dataset.drillSoon));
  element.closest(".duty")?.classList.toggle("late", isLate);
  element.querySelector(".lead").textContent = isLate ? late : left;
  const seconds = Math.floor(Math.abs(due - now) / 1000);
  if (seconds < 172800) element.querySelector(".left").textContent = digits(seconds);
}

function digits(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60, rest = seconds % 60;
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

listen();
setInterval(show, 250);
document.addEventListener("htmx:afterSettle", listen);
