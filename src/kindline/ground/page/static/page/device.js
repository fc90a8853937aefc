// Keeps a few pages at hand for the time without a connection, and holds on to a form that can't be sent.

if ("serviceWorker" in navigator) {
  // After everything else: this page needs none of it.
  const register = () => navigator.onLine && navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {});
  const keep = () => setTimeout(register, 500);
  if (document.readyState === "complete") keep();
  else addEventListener("load", keep);
}

let sending; // the form that is on its way

function unsent() {
  const form = sending;
  if (!form) return;
  sending = undefined;
  if (!document.dispatchEvent(new CustomEvent("kindline:away", { cancelable: true, detail: form }))) return; // looked after
  let said = document.querySelector("[data-unsent-here]");
  if (!said) {
    said = document.createElement("p");
    said.className = "banner";
    said.dataset.unsentHere = "";
    said.setAttribute("role", "alert");
    said.tabIndex = -1;
    if (form.matches(".row")) form.before(said);
    else form.prepend(said);
  }
  said.textContent = document.body.dataset.unsent;
  said.scrollIntoView({ block: "center" });
  said.focus({ preventScroll: true });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const led = form.matches("[data-exit]") || form.getAttribute("action") === document.body.dataset.lockUrl;
  if (event.defaultPrevented || form.method !== "post" || led) return; // exit.js and lock.js look after those
  sending = form;
  // Where no service worker stands by, a browser that knows it is offline would show its own page instead.
  if (navigator.onLine || navigator.serviceWorker?.controller) return;
  event.preventDefault();
  unsent();
});
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data === "unsent") unsent();
});
navigator.serviceWorker?.startMessages();
addEventListener("pageshow", () => {
  sending = undefined;
});
