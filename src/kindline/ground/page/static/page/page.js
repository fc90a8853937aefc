// Small things every page may use. Without this script plain forms do.

const textOf = (selector) => {
  const element = document.querySelector(selector);
  return (element?.value ?? element?.innerText ?? "").trim();
};

// Says a word beside a button, politely, and takes it back after a while.
function sayBeside(button, words) {
  let note = button.nextElementSibling;
  if (note?.getAttribute("role") !== "status") {
    note = document.createElement("span");
    note.setAttribute("role", "status");
    button.after(note);
  }
  note.textContent = words;
  setTimeout(() => { note.textContent = ""; }, 4000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http, or an older browser: select and copy as one would by hand.
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "vh";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

const acts = {
  async copy(button) {
    const done = await copy(textOf(button.dataset.copy));
    button.focus();
    const words = done ? button.dataset.copied : button.dataset.notCopied;
    if (words) sayBeside(button, words);
  },
  async share(button) {
    try {
      await navigator.share({ text: textOf(button.dataset.share) });
    } catch {
      // Closed without sharing: nothing to say.
    }
  },
  print() {
    print();
  },
  open(button) {
    document.getElementById(button.dataset.open)?.showModal();
  },
  addWord(button) {
    addWord(button.closest("[data-chips]"));
  },
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button");
  if (!button) return;
  for (const [name, act] of Object.entries(acts)) if (name in button.dataset) act(button);
});

// A word of one's own becomes a chip like the others, marked once.
function addWord(chips) {
  const box = chips?.querySelector("[data-own-word]");
  const word = box?.value.replaceAll(",", " ").split(/\s+/).filter(Boolean).join(" ");
  if (!word) return;
  const name = `${chips.dataset.chips}.${word}`;
  const there = [...chips.querySelectorAll("input[type=radio]")].filter((radio) => radio.name === name);
  if (there.length) there[1].checked = true;
  else {
    const chip = chips.querySelector(".chip").cloneNode(true);
    chip.querySelector("legend").textContent = word;
    for (const label of chip.querySelectorAll("label")) {
      label.querySelector("input").name = name;
      label.querySelector("span").textContent = word;
    }
    chip.querySelectorAll("input")[1].checked = true;
    box.closest(".chip-own").before(chip);
  }
  box.value = "";
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("[data-own-word]")) return;
  event.preventDefault();
  addWord(event.target.closest("[data-chips]"));
});

// htmx notes the address of each page in the tab's storage; an address tells what somebody was reading.
try {
  sessionStorage.removeItem("htmx-current-path-for-history");
} catch {
  // Storage is switched off here: nothing to take away.
}

// A browser writes the fields that led to a page into a file of its own, to open it again after a crash. Here an
// answer to a form becomes a page like any other; where words wait in a form, unsaved.js does it once they are kept.
const posted = "posted" in document.body.dataset;
const becomeOrdinary = () => history.replaceState(history.state, "", location.href);
if (posted && !document.querySelector("form[data-unsaved], [name=carried-to]")) becomeOrdinary();
else if (posted) document.addEventListener("submit", becomeOrdinary);

for (const button of document.querySelectorAll("[data-add-word]")) button.hidden = false;
if (navigator.share) for (const button of document.querySelectorAll("[data-share]")) button.hidden = false;
for (const box of document.querySelectorAll(".wrong-summary")) box.focus();

// A double click posts once. The fields stay as they are, so that going back finds them.
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.matches("[data-exit]") || event.defaultPrevented) return;
  if (Date.now() - (sent.get(form) ?? 0) < 3000) event.preventDefault();
  else sent.set(form, Date.now());
});
const mayBeSent = () => {
  for (const form of document.forms) sent.delete(form);
};
addEventListener("pageshow", mayBeSent);
document.addEventListener("kindline:away", mayBeSent); // it did not go out: there is no connection

// Every module has run by then.
addEventListener("DOMContentLoaded", () => document.body.classList.add("listens"));
