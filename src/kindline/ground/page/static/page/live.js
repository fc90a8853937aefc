// When the other did something shared, this page shows it without reloading.
// While somebody writes here, nothing moves under their hands; a line says that something new is there.

const WRITES = "main textarea, main input:not([type=hidden], [type=checkbox], [type=radio], [type=submit])";
const LONGEST_TIMER = 2 ** 31 - 2000; // ms; browsers take longer ones for none at all
const TRY_AGAIN = 10_000; // ms, after a stream that the browser gave up
const live = () => document.querySelector("[data-live]");
let stream;
let newest;
let looking = false;

// Words that came back on a page after sending stand only there: asking for the page anew would lose them.
const holdsWords = () =>
  "posted" in document.body.dataset ||
  document.activeElement?.matches(WRITES) ||
  [...document.querySelectorAll("main textarea, main input:not([type=hidden]), main select")].some((field) => {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
    return field.value !== field.defaultValue;
  });

// What was unfolded stays so, and whoever was somewhere on the page stays there. Its name may be another one by now.
function replace(page, fresh) {
  for (const name of [".room", ".bar"]) {
    const [old, now] = [document, page].map((one) => one.querySelector(name));
    if (now && old && old.textContent !== now.textContent) old.replaceChildren(...now.childNodes);
  }
  const main = document.querySelector("main");
  const unfolded = new Set([...main.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
  const at = main.contains(document.activeElement) ? document.activeElement.id : "";
  main.className = fresh.className;
  main.replaceChildren(...fresh.childNodes);
  for (const summary of main.querySelectorAll("details > summary"))
    if (unfolded.has(summary.textContent)) summary.parentElement.open = true;
  if (at) document.getElementById(at)?.focus({ preventScroll: true });
  window.htmx?.process(main);
  document.dispatchEvent(new CustomEvent("kindline:fresh"));
}

async function look() {
  if (looking || !live()) return;
  if (holdsWords()) {
    live().querySelector("[data-news]").hidden = false;
    return;
  }
  looking = true;
  const asked = newest;
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch", "X-Kindline-Refresh": "1" } });
    if (answer.redirected || [401, 404].includes(answer.status)) return location.reload(); // locked, or gone
    if (!answer.ok) return; // trouble on the way: what stands here is better than a page that says so
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("main");
    if (fresh && !holdsWords()) {
      replace(page, fresh);
      document.title = page.title;
    } else if (live()) live().querySelector("[data-news]").hidden = false;
  } catch {
    // No connection: the stream comes back by itself and asks again.
  } finally {
    looking = false;
  }
  if (!live()) rest();
  else if (newest !== asked) look(); // something came while this page was on its way
}

function listen() {
  if (stream || document.hidden || !live()) return;
  const mine = new EventSource(live().dataset.liveUrl);
  stream = mine;
  mine.onmessage = ({ data }) => {
    newest = data;
    if (live() && data !== live().dataset.live) look();
  };
  mine.onerror = () => {
    if (mine.readyState !== EventSource.CLOSED || stream !== mine) return; // the browser tries again by itself
    stream = undefined;
    setTimeout(async () => {
      if (!document.hidden && !holdsWords()) await look(); // locked meanwhile, or somebody left: the page knows
      listen();
    }, TRY_AGAIN);
  };
}

function rest() {
  stream?.close();
  stream = undefined;
}

// A page can say when it will have something else to show: `data-look-again` holds a moment.
let due;
function expect() {
  clearTimeout(due);
  const moments = [...document.querySelectorAll("main [data-look-again]")].map((one) => new Date(one.dataset.lookAgain));
  const next = Math.min(...moments.map(Number).filter((moment) => moment > Date.now()));
  if (next - Date.now() < LONGEST_TIMER) due = setTimeout(look, next - Date.now() + 1000);
}
document.addEventListener("kindline:fresh", expect);
expect();

// Whoever put the pen down without having written sees what came.
document.addEventListener("focusout", () =>
  setTimeout(() => live() && !live().querySelector("[data-news]").hidden && !holdsWords() && look()),
);
// A tab in the background holds no connection: browsers allow few to one place, and nobody looks.
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
addEventListener("pagehide", rest);
listen();
