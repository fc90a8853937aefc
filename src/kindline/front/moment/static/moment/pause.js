// On the quiet page: how long is left, which practice is in view, and a screen that stays on.

const { hours } = document.documentElement.dataset; // as chosen by somebody unlocked, else as the device does
const said = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", hour12: hours && hours === "12" });
const DAY = 24 * 60; // minutes

const minutesOf = (clock) => clock.split(":").reduce((hours, minutes) => Number(hours) * 60 + Number(minutes));
const told = (clock) => {
  const [hours, minutes] = clock.split(":").map(Number);
  return said.format(new Date(2000, 0, 1, hours, minutes));
};

for (const place of document.querySelectorAll("[data-clock]")) place.textContent = told(place.dataset.clock);

const place = document.querySelector("[data-time]");
const wayBack = document.getElementById("back");

function show() {
  const { back, began, left, leftOne, leftLong, over, tomorrow } = place.dataset;
  const now = new Date();
  const at = now.getHours() * 60 + now.getMinutes();
  let words = leftLong;
  let clock = told(back);
  if (began) {
    // From the clock it began to the clock it ends; both may lie on either side of midnight.
    const whole = (minutesOf(back) - minutesOf(began) + DAY) % DAY || DAY;
    const gone = (at - minutesOf(began) + DAY) % DAY;
    const rest = whole - gone;
    if (rest <= 0) words = over;
    else if (rest === 1) words = leftOne;
    else if (rest <= 120) words = left.replace("{minutes}", rest);
    // Later than promised: the welcome need not hold the time against anybody.
    if (rest <= 0) wayBack.search = "";
    else if (at + rest >= DAY) clock = tomorrow.replace("{clock}", clock);
  }
  words = words.replace("{clock}", clock);
  if (place.textContent !== words) place.textContent = words;
}

if (place?.dataset.back) {
  show();
  setInterval(show, 5000);
  wayBack.addEventListener("click", show);
}

const row = document.querySelector(".practices");
if (row) {
  const links = [...document.querySelectorAll(".way a")];
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries)
        if (entry.isIntersecting)
          for (const link of links)
            if (link.hash === `#${entry.target.id}`) link.setAttribute("aria-current", "true");
            else link.removeAttribute("aria-current");
    },
    { root: row, threshold: 0.6 },
  );
  for (const practice of row.children) seen.observe(practice);

  // No step in the browser's history for each of them.
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  for (const link of links)
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document
        .getElementById(link.hash.slice(1))
        .scrollIntoView({ behavior: calm.matches ? "instant" : "smooth", inline: "start", block: "nearest" });
    });

  const stayOn = () => navigator.wakeLock?.request("screen").catch(() => {});
  stayOn();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) stayOn();
  });
}
