// A pause without a connection: begun, given a new time or ended here, and told once there is one.
// Until it was heard, this browser keeps {id, started_at, return_at} of it and nothing else. Once somebody is back,
// return_at is when that was, and the name it is kept under says so.

const RUNS = "pause";
const OVER = "pause-over";
const HEARD = "pause-heard"; // the server knows all of it
const LONGEST = 24 * 60 * 60 * 1000; // ms; a pause is over by itself after a day
const SHORTEST = 15 * 60 * 1000; // ms
const MARK = 5 * 60 * 1000; // ms
const FORGOTTEN = 30 * LONGEST; // then it is let go
const AGAIN = 20_000; // ms
const WELCOME = "/moment/back/";
const TOLD = "/ours/pauses/told/";

const form = document.getElementById("how-long");
const quiet = document.querySelector(".quiet-page");
const needsLonger = new URLSearchParams(location.search).has("longer");
let atHand = "atHand" in document.body.dataset; // this page came out of the store: nobody answered for it

function kept(name) {
  try {
    const { id, started_at, return_at } = JSON.parse(localStorage.getItem(name));
    return Number.isNaN(Date.parse(started_at) + Date.parse(return_at)) ? null : { id, started_at, return_at };
  } catch {
    return null; // nothing, or storage is switched off
  }
}

function keep(name, { id, started_at, return_at }) {
  try {
    for (const other of [RUNS, OVER, HEARD]) if (other !== name) localStorage.removeItem(other);
    localStorage.setItem(name, JSON.stringify({ id, started_at, return_at }));
  } catch {
    // Storage is switched off: it is timed all the same.
  }
  show();
}

function drop(name) {
  localStorage.removeItem(name);
  show();
}

const running = () => {
  const one = kept(RUNS) ?? kept(HEARD);
  return one && Date.now() - Date.parse(one.started_at) < LONGEST ? one : null;
};
const ofPage = ({ away, startedAt, returnAt }) => away && { id: away, started_at: startedAt, return_at: returnAt };
const alone = () => !navigator.onLine || atHand;
const wall = (moment) => `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
const clocks = ({ started_at, return_at }) =>
  new URLSearchParams({ from: wall(new Date(started_at)), back: wall(new Date(return_at)) });

// How long: moment.js has written the chosen moment into the form.
function leave(justForMe) {
  const before = ofPage(form.dataset) || (needsLonger && running());
  const start = before ? Date.parse(before.started_at) : Date.now();
  const until = Math.min(Date.parse(form.dataset.until), start + LONGEST);
  const { at } = form.elements;
  at.setCustomValidity(until - start < SHORTEST ? at.dataset.tooShort : "");
  if (!form.reportValidity()) return;
  const one = {
    id: before?.id ?? crypto.randomUUID(),
    started_at: new Date(start).toISOString(),
    return_at: new Date(until).toISOString(),
  };
  // A longer time of one's own is told to nobody.
  if (!justForMe && (before || !needsLonger)) keep(RUNS, one);
  location.assign(`${form.dataset.quiet}?${clocks(one)}`);
}
form?.elements.at.addEventListener("input", ({ target }) => target.setCustomValidity(""));

// How whoever returns is greeted, as in rules.py.
function greeting({ startedAt, returnAt }) {
  const left = Date.parse(returnAt) - Date.now();
  if (left < -MARK) return "";
  if (Date.now() - Date.parse(startedAt) < SHORTEST) return "?early=short";
  return left > 2 * MARK ? "?early" : `?back=${wall(new Date(returnAt))}`;
}

const returned = (one) => keep(OVER, { ...one, return_at: new Date().toISOString() });

// The forms of a pause, when they can't be sent.
function without(sent, submitter) {
  if (sent === form) leave(submitter?.name === "alone");
  else if (sent.dataset.away) {
    returned(ofPage(sent.dataset));
    location.assign(WELCOME + greeting(sent.dataset));
  } else return false;
  return true;
}
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && alone() && without(event.target, event.submitter)) event.preventDefault();
});
// It came back: there was a network, and no way through it.
document.addEventListener("kindline:away", (event) => {
  if (event.detail && without(event.detail)) event.preventDefault();
});

// On the quiet page out of the store, coming back is a link.
const held = quiet?.querySelector("form[data-away]") ? null : running();
document.addEventListener(
  "click",
  ({ target }) => {
    if (held && quiet && target.closest?.("a#back")) returned(running() ?? held);
  },
  { capture: true },
);
if (form && !needsLonger && running()) location.replace(`${form.dataset.quiet}?${clocks(running())}`);

let telling = false;
let locked = false;
let told = location.hash.slice(1);
async function tell() {
  if (!alone() && kept(HEARD)) drop(HEARD);
  const name = [OVER, RUNS].find(kept);
  if (!name || telling || locked || !navigator.onLine) return;
  const one = kept(name);
  if (Date.now() - Date.parse(one.started_at) > FORGOTTEN) return void drop(name);
  telling = true;
  try {
    const fresh = await (await fetch("/offline/", { headers: { "X-Kindline-Refresh": "1" } })).text();
    const page = new DOMParser().parseFromString(fresh, "text/html");
    const answer = await fetch(TOLD, {
      method: "POST",
      headers: { "X-Requested-With": "fetch" },
      body: new URLSearchParams({
        csrfmiddlewaretoken: page.querySelector("[name=csrfmiddlewaretoken]").value,
        ...one,
        now: new Date().toISOString(), // a clock that is wrong is put right there
        ...(name === OVER && { back: "1" }),
      }),
    });
    locked = answer.status === 401; // it waits until somebody unlocks
    const isHeard = [204, 410, 422].includes(answer.status);
    if (isHeard && JSON.stringify(kept(name)) === JSON.stringify(one)) {
      told = answer.status === 204 ? "told" : "";
      drop(name);
    } else show();
    // The welcome out of the store knows nobody; the one that answers leads on to the sentence.
    if (name === OVER && isHeard && "atHand" in document.body.dataset && location.pathname === WELCOME) {
      location.hash = told;
      location.reload();
    }
    if (answer.status === 422) say(await answer.text());
  } catch {
    // The connection went again.
  }
  telling = false;
}

function say(words) {
  const line = document.createElement("p");
  line.className = "banner";
  line.setAttribute("role", "status");
  line.textContent = words;
  document.querySelector("main").prepend(line);
}

// On the page that unlocks: that something waits here, since when, and a way to let it go.
function show() {
  const one = kept(OVER) ?? kept(RUNS);
  // Pages of a moment say by it whether it was told.
  document.documentElement.dataset.apart = one ? (locked ? "waits" : kept(OVER) ? "back" : "runs") : told;
  for (const part of document.querySelectorAll("[data-if-apart]")) {
    part.hidden = !one;
    if (!one) continue;
    const clock = new Date(one.started_at).toLocaleTimeString(undefined, { timeStyle: "short" });
    const line = part.querySelector("[data-since]");
    line.textContent = line.dataset.since.replace("{clock}", clock);
  }
}
for (const button of document.querySelectorAll("[data-forget-apart]"))
  button.addEventListener("click", () => [RUNS, OVER, HEARD].forEach(drop));

addEventListener("offline", () => {
  const one = ofPage(document.querySelector("form[data-away]")?.dataset ?? {});
  if (one && !kept(OVER) && !kept(RUNS)) keep(HEARD, one);
});
addEventListener("online", () => {
  atHand = locked = false;
  tell();
});
setInterval(tell, AGAIN);
show();
tell();
