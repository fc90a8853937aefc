// Quick exit, as in the GOV.UK "Exit this page" component: one press of the button, or Shift three times.
// The page is covered before the next one comes; the form itself locks and leads away, with or without this script.

const WAIT = 5000; // ms between two presses of Shift
const form = document.querySelector("form[data-exit]");

if (form) {
  const said = document.createElement("p");
  said.className = "vh";
  said.setAttribute("role", "status");
  document.body.append(said);

  let pressed = 0;
  let alone = true; // Shift went down and came up with no other key between
  let timer;

  const forget = () => {
    if (pressed) said.textContent = form.dataset.pressedNot;
    pressed = 0;
  };

  const cover = () => {
    if (document.querySelector(".cover")) return;
    const sheet = document.createElement("div");
    sheet.className = "cover";
    document.body.append(sheet);
    document.title = "\u200e";
    said.textContent = form.dataset.pressedOut;
    new BroadcastChannel("kindline").postMessage("locking"); // lock.js of the other windows hears it
    // What is being written goes ahead of the lock, without anybody waiting for it.
    document.dispatchEvent(new CustomEvent("kindline:keep", { detail: [] }));
    // A browser may bring written fields back with the back button: leave it nothing to bring back.
    for (const field of document.querySelectorAll("main textarea, main input:not([type=hidden])")) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
  };

  const leave = () => {
    clearTimeout(timer);
    cover();
    form.submit();
  };

  form.addEventListener("submit", cover);
  document.querySelector("[data-exit-now]")?.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") alone = false;
    else if (!event.repeat) alone = true;
  });

  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    pressed += 1;
    clearTimeout(timer);
    if (pressed === 3) leave();
    else {
      said.textContent = pressed === 1 ? form.dataset.pressedOnce : form.dataset.pressedTwice;
      timer = setTimeout(forget, WAIT);
    }
  });

  // Typing a capital letter is no press; a new one starts the count afresh.
  addEventListener("input", () => {
    pressed = 0;
    clearTimeout(timer);
  });
}

// Coming back through the back button must never show what was here.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
