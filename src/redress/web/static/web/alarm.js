// What is urgent and new: the title and the icon of the page say so, a line over the top of it leads there (nothing on the page
// moves for it); a sound and a notification only where the reader has turned them on. What has been seen is remembered, so that it is told once.
const SOUND = "redress.sound";
const NOTIFY = "redress.notify";
let open = [];
let words = {};

export function wantsToBeCalled() {
  return localStorage.getItem(SOUND) === "on" || localStorage.getItem(NOTIFY) === "on";
}

// ``news.urgent``: what is urgent now. Told are those that were not urgent when this reader's pages last looked.
export function alarm(news) {
  const place = `redress.urgent.${news.who}`;
  const before = read(place);
  const urgent = news.urgent.map((one) => one.id);
  const fresh = before ? news.urgent.filter((one) => !before.known.includes(one.id)) : [];
  const waiting = before ? before.open.filter((id) => urgent.includes(id)) : [];
  const ids = [...new Set([...waiting, ...fresh.map((one) => one.id)])];
  write(place, { known: urgent, open: ids });
  open = news.urgent.filter((one) => ids.includes(one.id));
  words = news.words;
  show(place);
  if (!fresh.length) return;
  if (localStorage.getItem(SOUND) === "on") beep();
  if (localStorage.getItem(NOTIFY) === "on") notify(fresh);
}

// The reader has seen it.
export function settled(place) {
  const kept = read(place);
  write(place, { known: kept?.known ?? [], open: [] });
  open = [];
  show(place);
}

function show(place) {
  const title = document.title.replace(/^\(\d+\) ⚠ /, "");
  document.title = open.length ? `(${open.length}) ⚠ ${title}` : title;
  badge(open.length);
  const line = document.querySelector("#urgent");
  if (!open.length) return line?.parentElement.remove();
  const told = line ?? document.createElement("div");
  told.id = "urgent";
  told.className = "flash error urgent";
  told.setAttribute("role", "alert");
  const text = document.createElement("strong");
  text.textContent = open[0].line;
  const more = document.createElement("span");
  more.textContent = open.length > 1 ? words.more.replace("{n}", open.length - 1) : "";
  told.replaceChildren(text, more, link(open[0].address, place), button(place));
  if (line) return;
  const over = document.createElement("div");
  over.className = "alarm-place";
  over.append(told);
  document.querySelector("#main")?.prepend(over);
}

function link(address, place) {
  const go = document.createElement("a");
  go.className = "button small main";
  go.href = address;
  go.textContent = words.go;
  go.addEventListener("click", () => settled(place));
  return go;
}

function button(place) {
  const seen = document.createElement("button");
  seen.type = "button";
  seen.className = "button small";
  seen.textContent = words.seen;
  seen.addEventListener("click", () => settled(place));
  return seen;
}

function badge(number) {
  const icon = document.querySelector('link[rel="icon"]');
  if (!icon) return;
  icon.dataset.plain ??= icon.href;
  if (!number) {
    icon.href = icon.dataset.plain;
    return;
  }
  const drawn = document.createElement("canvas");
  drawn.width = drawn.height = 64;
  const pen = drawn.getContext("2d");
  pen.fillStyle = "#0b5c70"; // the colours of mark.svg, and a red that stands out from them
  pen.beginPath();
  pen.roundRect(0, 8, 56, 56, 12);
  pen.fill();
  pen.fillStyle = "#b3261e";
  pen.beginPath();
  pen.arc(42, 22, 22, 0, Math.PI * 2);
  pen.fill();
  pen.fillStyle = "#ffffff";
  pen.font = "bold 30px sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(number > 9 ? "9+" : String(number), 42, 24);
  icon.href = drawn.toDataURL();
}

function beep() {
  const Sound = window.AudioContext ?? window.webkitAudioContext;
  if (!Sound) return;
  const sound = new Sound();
  const volume = sound.createGain();
  volume.connect(sound.destination);
  volume.gain.setValueAtTime(0.0001, sound.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.2, sound.currentTime + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, sound.currentTime + 0.6);
  for (const [pitch, from] of [[660, 0], [880, 0.18]]) {
    const tone = sound.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(volume);
    tone.start(sound.currentTime + from);
    tone.stop(sound.currentTime + 0.6);
  }
  setTimeout(() => sound.close(), 1000);
}

function notify(fresh) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  for (const one of fresh.slice(0, 3)) {
    const told = new Notification(one.line, { tag: one.id });
    told.addEventListener("click", () => {
      window.focus();
      location.assign(one.address);
    });
  }
}

// The buttons that turn the sound and the notification on and off.
export function watchAlarms() {
  for (const button of document.querySelectorAll("[data-alarm]")) {
    const place = button.dataset.alarm === "sound" ? SOUND : NOTIFY;
    if (place === NOTIFY && !("Notification" in window)) continue;
    button.hidden = false;
    const on = localStorage.getItem(place) === "on" && (place === SOUND || Notification.permission === "granted");
    button.setAttribute("aria-pressed", String(on));
    button.addEventListener("click", () => turn(button, place));
  }
}

async function turn(button, place) {
  const on = button.getAttribute("aria-pressed") !== "true";
  if (on && place === NOTIFY && (await Notification.requestPermission()) !== "granted") {
    button.title = button.dataset.refused;
    return say(button.dataset.refused);
  }
  localStorage.setItem(place, on ? "on" : "off");
  button.setAttribute("aria-pressed", String(on));
  if (on && place === SOUND) beep();
  if (on) say(button.dataset.told);
}

function say(words) {
  const line = document.createElement("p");
  line.className = "flash";
  line.textContent = words;
  document.querySelector("#flashes")?.replaceChildren(line);
}

function read(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function write(place, value) {
  localStorage.setItem(place, JSON.stringify(value));
}
