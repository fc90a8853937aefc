// How stirred up somebody is, before and after. The answer before waits in this page's memory and nowhere else. Who
// gave it is asked once how it is now; leaving that is one press, and nothing waits for it.

const dialog = document.getElementById("after");
const form = document.getElementById("told");
const waits = dialog.querySelector("[data-waits]");
const before = document.querySelector("[data-before]");
const wayBack = document.getElementById("back");
const opened = Date.now();

// The practices stand in the page once, in the line of words; what only this device keeps is nothing to tell of.
const words = document.querySelectorAll(".way a[href^='#']:not([href^='#kept-'])");
form.elements.practice.prepend(...[...words].map(({ textContent, hash }) => new Option(textContent, hash.slice(1))));

const seconds = new Map(); // practice -> how long it was in view
let current;
let since = opened;
let asked = false;
let leads = ""; // where to go on to once it is answered: an address, or the form that tells somebody
let answer = "";

function inView(practice) {
  const now = Date.now();
  if (current) seconds.set(current, (seconds.get(current) ?? 0) + now - since);
  current = practice;
  since = now;
}
document.addEventListener("kindline:practice", ({ detail }) => inView(detail));

// Which practice it most likely was; somebody who knows better can say so.
function likely() {
  inView(current);
  const known = [...form.elements.practice.options].map(({ value }) => value);
  const [found] = [...seconds].filter(([practice]) => known.includes(practice)).sort((a, b) => b[1] - a[1]);
  return found?.[0] ?? "";
}

function ask(next) {
  const said = form.elements.before.value;
  if (asked || !said) return false;
  asked = true;
  leads = next;
  form.elements.practice.value = likely();
  form.elements.minutes.value = Math.round((Date.now() - opened) / 60000);
  dialog.showModal();
  return true;
}

function goOn(word) {
  dialog.close();
  if (!leads) return;
  if (leads instanceof HTMLFormElement) {
    leads.elements.told.value = word;
    leads.requestSubmit();
    return;
  }
  const address = new URL(leads);
  address.searchParams.set(word, "");
  location.assign(address);
}

async function tell() {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("after", answer);
  try {
    const { status } = await fetch(form.action, { method: "POST", body: fields, headers: { "X-Requested-With": "fetch" } });
    if (status === 204) return void goOn("kept");
    wait("locked");
  } catch {
    wait("away");
  }
}

function wait(why) {
  form.hidden = true;
  waits.hidden = false;
  const unlock = waits.querySelector("[data-unlock]");
  unlock.value = answer;
  unlock.hidden = why === "away";
  waits.querySelector("[role=status]").textContent = waits.querySelector("[role=status]").dataset[why];
}

form.addEventListener("submit", (event) => {
  const { submitter } = event;
  if (!submitter || "unlock" in submitter.dataset) return; // an ordinary form now, which the lock carries along
  event.preventDefault();
  event.stopImmediatePropagation();
  answer = submitter.value;
  tell();
}, { capture: true });
for (const button of dialog.querySelectorAll("[data-leave]")) button.addEventListener("click", () => goOn("asked"));
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  goOn("asked");
});

before.addEventListener("change", () => {
  before.classList.add("noted");
  const status = before.querySelector("[role=status]");
  status.textContent = status.dataset.noted;
});
document.addEventListener("kindline:rested", () => ask(""));
wayBack.addEventListener("click", (event) => {
  if (ask(wayBack.form ?? wayBack.href)) event.preventDefault();
});
