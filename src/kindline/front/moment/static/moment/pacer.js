// What the circle can't do by itself: count, stop, end after some minutes, keep the screen on, be heard.
// A screen reader hears the first breaths and then each minute; who reads "in words only" hears nothing.

const place = document.querySelector("[data-pacer]");
const word = place.querySelector(".in");
const count = place.querySelector("[data-count]");
const heard = place.querySelector("[data-heard]");
const button = place.querySelector("[data-stop]");
const [stopWord, startWord] = button.children;
const line = place.querySelector("[data-line]");
const HEARD_BREATHS = 2;

let running = true;
let inView = true;
let began = performance.now();
let breaths = 0;
let minutes = 0;
let breathesIn = false;
let awake; // the lock that keeps the screen on, while there is one

const chosen = (name) => place.querySelector(`[name="${name}"]:checked`)?.value;
const inWords = () => Boolean(chosen("in-words"));
const animations = () => place.getAnimations({ subtree: true });
const clock = () => word.getAnimations()[0];
const share = () => (chosen("longer-out") ? 1 / 3 : 0.4);

function say(words) {
  if (!inWords() && inView && heard.textContent !== words) heard.textContent = words;
}

async function stayOn() {
  const wanted = running && inView && !document.hidden;
  try {
    if (wanted && !awake) {
      awake = await navigator.wakeLock?.request("screen");
      awake?.addEventListener("release", () => { awake = undefined; });
    } else if (!wanted) await awake?.release();
  } catch {
    awake = undefined; // a low battery, or a browser that refuses: the screen goes dark as always
  }
}

function begin() {
  began = performance.now();
  breaths = minutes = 0;
  breathesIn = false;
  for (const one of animations()) one.currentTime = 0;
}

function run(wanted) {
  running = wanted;
  place.classList.toggle("still", !running);
  stopWord.hidden = !running;
  startWord.hidden = running;
  if (running) begin();
  else heard.textContent = "";
  stayOn();
}

function enough() {
  run(false);
  say(place.dataset.enough);
  line.textContent = place.dataset.enough;
  line.classList.add("told");
  document.dispatchEvent(new CustomEvent("kindline:rested"));
}

function tick() {
  const animation = clock();
  if (!running || !animation) return;
  const length = animation.effect.getTiming().duration / 1000; // s
  const at = ((animation.currentTime ?? 0) / 1000) % length;
  const turn = length * share();
  const isIn = at < turn;
  const number = String(Math.floor(isIn ? at : at - turn) + 1);
  if (count.textContent !== number) count.textContent = number;
  const whole = Math.floor((performance.now() - began) / 60000);
  if (isIn !== breathesIn) {
    breathesIn = isIn;
    breaths += isIn ? 1 : 0;
    if (breaths <= HEARD_BREATHS) say(isIn ? place.dataset.in : place.dataset.out);
    // An end comes at the end of a breath, not within one.
    const limit = Number(chosen("for") ?? "");
    if (isIn && breaths > 1 && limit && whole >= limit) return void enough();
  }
  if (whole > minutes) {
    minutes = whole;
    say(whole === 1 ? place.dataset.minute : place.dataset.minutes.replace("{minutes}", whole));
  }
}

button.addEventListener("click", () => {
  run(!running);
  if (!running) document.dispatchEvent(new CustomEvent("kindline:rested"));
});
place.addEventListener("change", ({ target }) => {
  if (target.name === "in-words") {
    heard.textContent = "";
    return;
  }
  if (running) begin();
});
document.addEventListener("kindline:practice", ({ detail }) => {
  inView = detail === place.id;
  stayOn();
});
document.addEventListener("visibilitychange", stayOn);

const { breathe } = Object.fromEntries(new URLSearchParams(location.search));
const wish = [...place.querySelectorAll("[name=for]")].find(({ value }) => value && value === breathe);
if (wish) wish.checked = true;
setInterval(tick, 200);
begin();
stayOn();
