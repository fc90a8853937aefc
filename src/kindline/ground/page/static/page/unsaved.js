// Keeps what is being written: two seconds after the last key or when it is left, sealed, never the same words twice.

const PAUSE = 2000; // ms
const kept = new WeakMap(); // form -> the content the server has
const busy = new WeakMap(); // form -> the request under way
const timers = new WeakMap();

const forms = () => [...document.querySelectorAll("form[data-unsaved]")];
const leaving = new WeakSet(); // forms that were sent for good

function contentOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  fields.set("page", location.pathname);
  return fields;
}

function say(form, which) {
  const state = form.querySelector("[data-unsaved-state]");
  const words = state?.dataset[which];
  if (words && state.textContent !== words) state.textContent = words;
}

const isDirty = (form) => !leaving.has(form) && contentOf(form).toString() !== kept.get(form);

// Without a connection the words are nowhere but here: the browser asks before leaving.
const holdOn = (event) => {
  if (forms().some(isDirty)) event.preventDefault();
};
const guard = () => addEventListener("beforeunload", holdOn);
addEventListener("offline", guard);
if (!navigator.onLine) guard();

async function keep(form, { keepalive = false } = {}) {
  clearTimeout(timers.get(form));
  if (!isDirty(form)) return;
  if (busy.has(form)) {
    if (!keepalive) return void timers.set(form, setTimeout(keep, PAUSE, form));
    busy.get(form).abort();
  }
  const content = contentOf(form);
  const request = new AbortController();
  busy.set(form, request);
  try {
    const answer = await fetch(form.dataset.unsaved, {
      method: "POST",
      body: content,
      signal: request.signal,
      // A browser refuses to carry more than 64 kB past the end of a page.
      keepalive: keepalive && content.toString().length < 60000,
      headers: { "X-Requested-With": "fetch" },
    });
    if (answer.status === 401) document.dispatchEvent(new CustomEvent("kindline:locked", { cancelable: true }));
    else if (answer.ok) {
      kept.set(form, content.toString());
      say(form, "kept");
      removeEventListener("beforeunload", holdOn);
      // From here on the words need not lie in the browser's session file too; page.js says why.
      if (isAnswer && !forms().some(isDirty)) history.replaceState(history.state, "", location.href);
    } else say(form, "refused");
  } catch (fault) {
    if (fault.name !== "AbortError") {
      say(form, "notKept");
      guard();
      timers.set(form, setTimeout(keep, 5 * PAUSE, form));
    }
  } finally {
    if (busy.get(form) === request) busy.delete(form);
  }
}

const keepAll = () => forms().forEach((form) => keep(form, { keepalive: true }));

function written(event) {
  const form = event.target.form ?? event.target.closest?.("form");
  if (!form?.matches("form[data-unsaved]")) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(keep, PAUSE, form));
}

// What comes back as an answer to a form is nowhere but in the browser: it is kept as soon as every module has run.
const { posted, unlockUrl } = document.body.dataset;
const isAnswer = posted !== undefined && location.pathname !== unlockUrl;
if (isAnswer) addEventListener("DOMContentLoaded", keepAll);
else for (const form of forms()) kept.set(form, contentOf(form).toString());
// What came in by itself was not written here.
document.addEventListener("kindline:fresh", () => {
  for (const form of forms()) if (!kept.has(form)) kept.set(form, contentOf(form).toString());
});
document.addEventListener("input", written);
document.addEventListener("change", written);

// A form that is sent for good needs no draft: the one under way must not arrive after it.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("form[data-unsaved]")) return;
  queueMicrotask(() => {
    clearTimeout(timers.get(target));
    busy.get(target)?.abort();
    leaving.add(target);
  });
});
const staysHere = () => forms().forEach((form) => leaving.delete(form));
addEventListener("pageshow", staysHere);
document.addEventListener("kindline:away", () => {
  // It could not be locked or sent for want of a connection.
  staysHere();
  guard();
  for (const form of forms()) timers.set(form, setTimeout(keep, PAUSE, form));
});

// The next page may say what was begun here.
document.addEventListener("focusout", ({ target, relatedTarget: next }) => target.form !== next?.form && keepAll());
addEventListener("beforeunload", keepAll);
document.addEventListener("visibilitychange", () => document.hidden && keepAll());

// lock.js and exit.js ask for everything to be kept, for the last time: what happens to the fields after is not kept.
document.addEventListener("kindline:keep", ({ detail }) => {
  for (const form of forms()) {
    detail.push(keep(form, { keepalive: true }));
    leaving.add(form);
  }
});

// The server locked meanwhile: carry the words to the unlock page in an ordinary post.
document.addEventListener("kindline:locked", (event) => {
  const near = document.activeElement?.form;
  const form = near?.matches("form[data-unsaved]") && isDirty(near) ? near : forms().find(isDirty);
  if (!form) return;
  event.preventDefault();
  leaving.add(form);
  const page = document.createElement("input");
  page.type = "hidden";
  page.name = "page";
  page.value = location.pathname;
  form.append(page);
  form.method = "post";
  form.action = form.dataset.unsaved;
  HTMLFormElement.prototype.submit.call(form);
});
