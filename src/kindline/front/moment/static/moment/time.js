// On the quiet page and the one after it: what clock time was said, and how long is left. The address knows it; the page
// itself may be a kept one, with nobody's time in it.

const { hours } = document.documentElement.dataset; // as chosen by somebody unlocked, else as the device does
const FACES = { 12: { hour: "numeric", hour12: true }, 24: { hour: "2-digit", hourCycle: "h23" } };
const said = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", ...FACES[hours] });
const CHOSEN = [60, 30, 20, 15]; // minutes that are offered
const DAY = 24 * 60; // minutes
const THIS_EVENING = 4 * 60; // minutes; so soon after midnight is not tomorrow yet
const SHORTEST = 15; // minutes
const MARK = 5; // minutes

const asked = new URLSearchParams(location.search);
const clockIn = (name) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(asked.get(name) ?? "") ? asked.get(name) : "");
const minutesOf = (clock) => clock.split(":").reduce((hours, minutes) => Number(hours) * 60 + Number(minutes));
const told = (clock) => {
  const [hours, minutes] = clock.split(":").map(Number);
  return said.format(new Date(2000, 0, 1, hours, minutes));
};

const welcome = document.querySelector("[data-welcome]");
if (welcome && asked.has("early")) {
  welcome.textContent = welcome.dataset.early;
  document.querySelector("[data-short]").hidden = asked.get("early") !== "short";
} else if (welcome && clockIn("back")) welcome.textContent = welcome.dataset.welcome.replace("{clock}", told(clockIn("back")));

const place = document.querySelector("[data-time]");
const wayBack = document.getElementById("back");
const back = clockIn("back") || (place?.dataset.back ?? "");
const began = clockIn("from") || (place?.dataset.began ?? "");

// From the clock it began to the clock it ends; both may lie on either side of midnight.
function byTheClock(at) {
  const whole = (minutesOf(back) - minutesOf(began) + DAY) % DAY || DAY;
  const gone = (at - minutesOf(began) + DAY) % DAY;
  return { whole, rest: whole - gone };
}

// What the server was told is known as moments: right also where this device's clocks are in another zone.
const known = document.querySelector("form[data-away]");
function exactly({ startedAt, returnAt }, now) {
  const minutes = (from) => Math.ceil((new Date(returnAt) - new Date(from)) / 60000);
  return { whole: minutes(startedAt), rest: minutes(now) };
}

function show() {
  const { left, leftAbout, leftOne, leftLong, over, tomorrow } = place.dataset;
  const now = new Date();
  const at = now.getHours() * 60 + now.getMinutes();
  let words = leftLong;
  let clock = told(back);
  wayBack.search = `?back=${back}`; // as rules.py greets: true of the time that was said, without blame for any
  if (began) {
    const { whole, rest } = known ? exactly(known.dataset, now) : byTheClock(at);
    if (rest <= 0) words = over;
    else if (rest === 1) words = leftOne;
    else if (rest <= 120) {
      // Return times stand on marks of five minutes. Who chose twenty reads twenty until no more are left.
      const chosen = CHOSEN.find((minutes) => minutes <= whole && whole - minutes <= 5 && minutes < rest);
      words = chosen ? leftAbout.replace("{minutes}", chosen) : left.replace("{minutes}", rest);
    }
    if (rest < -MARK) wayBack.search = "";
    else if (whole - rest < SHORTEST) wayBack.search = "?early=short";
    else if (rest > 2 * MARK) wayBack.search = "?early";
    if (rest >= THIS_EVENING && at + rest >= DAY) clock = tomorrow.replace("{clock}", clock);
  }
  words = words.replace("{clock}", clock);
  if (place.textContent !== words) place.textContent = words;
}

if (place && back) {
  const longer = document.querySelector("[data-longer]");
  longer.search = `?longer${began && `&from=${began}`}&back=${back}`;
  place.hidden = longer.hidden = false;
  document.querySelector("[data-say-when]")?.setAttribute("hidden", "");
  show();
  setInterval(show, 5000);
  wayBack.addEventListener("click", show);
}
