// Locks when nobody is here: a question 20 s before the end, then everything is kept and the form locks.
// Only keys, taps and scrolling count as being here; what the page does by itself does not.

const WARN = 20; // s
const TELL = 61; // s between two words to the server that somebody is here; it writes once a minute

const { lockAfter, stayUrl, unlockUrl } = document.body.dataset;
const form = document.getElementById("lock");
const dialog = document.getElementById("locking");
const away = document.getElementById("away");
const token = () => form.elements.csrfmiddlewaretoken.value;

let here = Date.now(); // the last deliberate act
let told = Date.now(); // the last time the server heard of one
let locking = false;

// What locks here locks in every window: the others keep their words first, then go to the door too.
const windows = new BroadcastChannel("kindline");
let keeping = 0; // other windows that are still keeping their words
windows.addEventListener("message", ({ data }) => {
  // A covered window said so itself, in exit.js, and is on its way to the harmless site.
  if (data === "locking") {
    if (!document.querySelector(".cover")) leave();
  } else keeping += data === "keeping" ? 1 : -1;
});

async function stay() {
  told = Date.now();
  try {
    const answer = await fetch(stayUrl, {
      method: "POST",
      body: new URLSearchParams({ csrfmiddlewaretoken: token() }),
      headers: { "X-Requested-With": "fetch" },
    });
    if (answer.status === 401) locked();
  } catch {
    told = 0; // no connection: say it again with the next act
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function everythingKept() {
  const waits = [];
  document.dispatchEvent(new CustomEvent("kindline:keep", { detail: waits }));
  await Promise.race([Promise.allSettled(waits), pause(3000)]);
}

async function leave() {
  if (locking) return;
  locking = true;
  windows.postMessage("keeping");
  await everythingKept();
  windows.postMessage("kept");
  try {
    await fetch(unlockUrl, { method: "HEAD", headers: { "X-Requested-With": "fetch" } });
    location.replace(`${unlockUrl}?next=${encodeURIComponent(location.pathname)}`);
  } catch {
    cover();
  }
}

// No connection: unlocking would be another page and take unsaved words with it. Cover them instead, and wait.
function cover() {
  document.dispatchEvent(new CustomEvent("kindline:away"));
  dialog.close();
  if (!away.open) away.showModal();
  locking = false;
}

async function lock() {
  if (locking) return;
  locking = true;
  windows.postMessage("locking");
  await Promise.all([everythingKept(), pause(60)]);
  for (let waited = 0; keeping > 0 && waited < 3000; waited += 60) await pause(60);
  try {
    const fields = new URLSearchParams(new FormData(form));
    await fetch(form.action, { method: "POST", body: fields, redirect: "manual", headers: { "X-Requested-With": "fetch" } });
    location.replace(`${unlockUrl}?next=${encodeURIComponent(location.pathname)}`);
  } catch {
    cover();
  }
}

function locked() {
  if (locking) return;
  locking = true;
  const event = new CustomEvent("kindline:locked", { cancelable: true });
  if (document.dispatchEvent(event)) location.assign(`${unlockUrl}?next=${encodeURIComponent(location.pathname)}`);
}

if (form && dialog && Number(lockAfter) > 0) {
  const limit = Number(lockAfter);

  const act = (event) => {
    if (event.isTrusted && !dialog.open) here = Date.now();
  };
  for (const name of ["keydown", "pointerdown", "input", "wheel", "touchmove"])
    addEventListener(name, act, { passive: true, capture: true });

  // The clock is read, not counted: a laptop that slept wakes up to a locked page.
  setInterval(() => {
    if (away.open) return;
    const now = Date.now();
    const idle = (now - here) / 1000;
    if (here > told && now - told > TELL * 1000 && idle < limit) stay();
    if (idle >= limit) lock();
    else if (idle >= limit - WARN && !dialog.open) dialog.showModal();
  }, 1000);

  const remain = () => {
    here = Date.now();
    if (dialog.open) dialog.close();
    stay();
  };
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    remain();
  });
  away.addEventListener("close", () => away.showModal()); // Escape does not uncover what is locked
  away.querySelector("[data-again]").addEventListener("click", lock);
  dialog.querySelector("[data-stay]").addEventListener("click", remain);
  // This form and every other that locks, on the page of settings for one.
  document.addEventListener("submit", (event) => {
    if (event.target.action !== form.action) return;
    event.preventDefault();
    lock();
  });
}

// Another tab, or the server, locked first. unsaved.js carries unsaved words over and cancels this event.
document.addEventListener("kindline:locked", (event) => {
  queueMicrotask(() => {
    if (event.defaultPrevented || locking) return;
    locking = true;
    location.assign(`${unlockUrl}?next=${encodeURIComponent(location.pathname)}`);
  });
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr } = event.detail;
  if (xhr.status !== 401 || xhr.getResponseHeader("X-Kindline") !== "locked") return;
  event.preventDefault();
  locked();
});
