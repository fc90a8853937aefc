// Where two people look at the same time: when the other did something shared, this page shows it without reloading.
// While somebody writes here, nothing moves under their hands; a line says that something new is there.

const live = () => document.querySelector("[data-live]");
let stream;
let looking = false;

const written = () =>
  [...document.querySelectorAll("main textarea, main input:not([type=hidden]), main select")].some((field) => {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
    return field.value !== field.defaultValue;
  });

// What was unfolded stays so, and whoever was somewhere on the page stays there.
function replace(fresh) {
  const main = document.querySelector("main");
  const unfolded = new Set([...main.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
  const at = main.contains(document.activeElement) ? document.activeElement.id : "";
  main.replaceChildren(...fresh.childNodes);
  for (const summary of main.querySelectorAll("details > summary"))
    if (unfolded.has(summary.textContent)) summary.parentElement.open = true;
  if (at) document.getElementById(at)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("kindline:fresh"));
}

async function look() {
  if (looking) return;
  if (written()) {
    live().querySelector("[data-news]").hidden = false;
    return;
  }
  looking = true;
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch", "X-Kindline-Refresh": "1" } });
    if (answer.redirected || answer.status === 401) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    if (fresh && !written()) replace(fresh);
  } catch {
    // No connection: the stream comes back by itself and asks again.
  } finally {
    looking = false;
  }
}

function listen() {
  if (stream || document.hidden || !live()) return;
  stream = new EventSource(live().dataset.liveUrl);
  stream.onmessage = ({ data }) => {
    if (live() && data !== live().dataset.live) look();
  };
}

function rest() {
  stream?.close();
  stream = undefined;
}

// A tab in the background holds no connection: browsers allow few to one place, and nobody looks.
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
addEventListener("pagehide", rest);
listen();
