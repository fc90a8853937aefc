// Fills in clock times by the device's own clock: when somebody would be back, and the words that say so.

const form = document.getElementById("how-long");
const { hours } = document.documentElement.dataset; // as chosen by somebody unlocked, else as the device does
const FACES = { 12: { hour: "numeric", hour12: true }, 24: { hour: "2-digit", hourCycle: "h23" } };
const said = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", ...FACES[hours] });
const MARK = 5 * 60 * 1000; // ms; return times stand on marks of five minutes
const LONG_ENOUGH = 20; // minutes

const message = document.getElementById("message");
// The address knows whether somebody is away already and needs longer; the page itself may be a kept one.
const asked = new URLSearchParams(location.search);
const sentence = asked.has("longer") ? message.dataset.longer : message.dataset.leaving;
const clockIn = (name) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(asked.get(name) ?? "") ? asked.get(name) : "");
const promised = clockIn("back");
const began = clockIn("from");
const STILL_AHEAD = 12 * 60 * 60 * 1000; // ms; a promised clock time farther off has passed, and is not tomorrow's

// A time on the next day says so; soon after midnight is still this evening.
const THIS_EVENING = 4 * 60 * 60 * 1000; // ms
const told = (moment) =>
  moment - Date.now() < THIS_EVENING || moment.toDateString() === new Date().toDateString()
    ? said.format(moment)
    : message.dataset.tomorrow.replace("{clock}", said.format(moment));

const wall = (moment) =>
  `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
// Longer counts from the return that was promised while that is ahead, otherwise from now.
function start() {
  const ahead = promised ? next(promised) - Date.now() : Infinity;
  return Date.now() + (ahead <= STILL_AHEAD ? ahead : 0);
}
const onMark = (minutes) => new Date(Math.ceil((start() + minutes * 60000) / MARK) * MARK);

// The next time this clock time comes round, today or tomorrow.
function next(clock) {
  const [hours, minutes] = clock.split(":").map(Number);
  const moment = new Date();
  moment.setHours(hours, minutes, 0, 0);
  if (moment <= new Date()) moment.setDate(moment.getDate() + 1);
  return moment;
}

function chosen() {
  const { minutes, at } = form.elements;
  if (minutes.value !== "own") return onMark(Number(minutes.value));
  return at.value ? next(at.value) : null;
}

function show() {
  for (const place of form.querySelectorAll("[data-clock-in]"))
    place.textContent = said.format(onMark(Number(place.dataset.clockIn)));
  for (const words of document.querySelectorAll("[data-said]")) {
    const own = words.dataset.said === "own";
    const back = own ? form.elements.at.value && next(form.elements.at.value) : onMark(Number(words.dataset.said));
    words.textContent = sentence.replace("{clock}", back ? told(back) : "…");
  }
  const back = chosen();
  const soon = back && form.elements.minutes.value === "own" && back - Date.now() < LONG_ENOUGH * 60000;
  form.querySelector("[data-why]").classList.toggle("told", Boolean(soon));
}

form.addEventListener("input", show);
form.addEventListener("change", ({ target }) => {
  const { at } = form.elements;
  if (target.value !== "own") return;
  if (!at.value) at.value = wall(onMark(45));
  show();
  at.focus();
});
form.addEventListener("submit", () => {
  const back = chosen() ?? onMark(LONG_ENOUGH);
  form.elements.from.value = (asked.has("longer") && began) || wall(new Date()); // a longer one began when it began
  form.elements.back.value = wall(back);
  form.dataset.until = back.toISOString(); // for apart.js, when nobody can be asked
});
addEventListener("pageshow", show);
setInterval(show, 15000);
show();
