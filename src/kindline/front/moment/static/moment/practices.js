// From one practice to the next: by swiping, by the words below, by the arrow keys. Others hear which one is in view.

const row = document.querySelector(".practices");
const way = document.querySelector(".way");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const wide = matchMedia("(min-width: 900px)");

// What this device keeps comes after the others, when nobody is unlocked; kept.js has put it there.
for (const [at, kept] of row.querySelectorAll("[data-kept-list] > .practice").entries()) {
  const link = document.createElement("a");
  kept.id = `kept-${at + 1}`;
  link.href = `#${kept.id}`;
  link.textContent = kept.querySelector("[data-show=title]").textContent;
  way.append(link);
}

const practices = [...row.querySelectorAll(".practice")];
const links = [...way.querySelectorAll("a[href^='#']")];
let current = practices[0];
let aim; // where the keys lead, until it is there: who presses quickly is not held up by what still slides in

const behavior = () => (calm.matches ? "instant" : "smooth");
// The next one slides in on a phone, as under a thumb; many at once, or a wide page rushing by, would not be calm.
function show(practice) {
  if (!practice) return;
  aim = practice;
  const far = wide.matches || Math.abs(practices.indexOf(practice) - practices.indexOf(current)) > 1;
  practice.scrollIntoView({ behavior: far ? "instant" : behavior(), inline: "center", block: "nearest" });
}

function came(practice) {
  current = practice;
  if (practice === aim) aim = undefined;
  for (const link of links)
    if (link.hash === `#${practice.id}`) {
      link.setAttribute("aria-current", "true");
      // Only the line of words moves, never the page.
      way.scrollTo({ left: link.offsetLeft - (way.clientWidth - link.offsetWidth) / 2, behavior: behavior() });
    } else link.removeAttribute("aria-current");
  document.dispatchEvent(new CustomEvent("kindline:practice", { detail: practice.id }));
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) came(target);
  },
  { root: row, threshold: 0.6 },
);
for (const practice of practices) seen.observe(practice);
for (const by of ["pointerdown", "wheel"]) row.addEventListener(by, () => { aim = undefined; }, { passive: true });

// No step in the browser's history for each of them.
way.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  event.preventDefault();
  show(document.getElementById(link.hash.slice(1)));
});

addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest?.("input, select, textarea, dialog, [popover]")) return;
  event.preventDefault();
  show(practices[practices.indexOf(aim ?? current) + step]);
});
