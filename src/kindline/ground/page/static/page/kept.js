// What somebody keeps on this device, on purpose and piece by piece: it lies in this browser's storage, readable
// without a key and without a connection. Nothing says whose it is. Words go into pages as text, never as markup.

const STORE = "kept";
const LONG = 90; // characters; above it the words take a smaller hand, as on the touchstone's own page
const DAY = { day: "numeric", month: "long" };
const { lang } = document.documentElement;
const locale = navigator.languages.find((one) => one.startsWith(lang)) ?? lang; // the page's language, as it is written here

export function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one?.text === "string") : [];
  } catch {
    return []; // storage is switched off, or holds something else
  }
}

function store(all) {
  if (all.length) localStorage.setItem(STORE, JSON.stringify(all));
  else localStorage.removeItem(STORE);
}

const isSame = (one, other) => one.kind === other.kind && one.id === other.id;
const others = (one) => kept().filter((other) => !isSame(one, other));
const drop = (one) => store(others(one));
const named = (kindAndId) => {
  const [kind, id] = kindAndId.split(":");
  return { kind, id };
};

// A page that shows the original: part_keep_here.html.
for (const place of document.querySelectorAll("[data-keep]")) {
  const { keep, title = "", text, more = "" } = place.dataset;
  const one = { ...named(keep), title, text, more };
  const mine = () => kept().find((other) => isSame(one, other));
  const say = () => {
    place.querySelector("[data-keep-now]").hidden = Boolean(mine());
    place.querySelector("[data-keep-no-more]").hidden = !mine();
  };
  const now = () => store([...others(one), { ...one, at: new Date().toISOString().slice(0, 10) }]);

  // What is kept is a copy: looking at the original brings it up to date.
  const old = mine();
  if (old && ["title", "text", "more"].some((name) => (old[name] ?? "") !== one[name])) now();

  place.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const wasKept = Boolean(mine());
    try {
      if (wasKept) drop(one);
      else now();
    } catch {
      place.querySelector("[role=status]").textContent = place.dataset.full;
      return;
    }
    say();
    place.querySelector("[role=status]").textContent = wasKept ? place.dataset.gone : place.dataset.done;
    place.querySelector(wasKept ? "[data-keep-now] button" : "[data-keep-no-more] button").focus();
  });
  say();
}

// A list of everything kept here: on its own page, on the one shown without a connection, and among the settings.
function fill(list) {
  const found = kept().filter(({ kind }) => !list.dataset.kind || list.dataset.kind === kind);
  const shape = list.querySelector("template");
  list.replaceChildren(
    shape,
    ...found.map((one) => {
      const item = shape.content.cloneNode(true);
      for (const [name, words] of Object.entries({ ...one, at: dayOf(one.at) }))
        for (const place of item.querySelectorAll(`[data-show="${CSS.escape(name)}"]`))
          if (words) place.textContent = place.dataset.words?.replace("{}", words) ?? words;
          else place.remove();
      item.querySelector("[data-remove]")?.addEventListener("click", () => {
        drop(one);
        show();
        document.querySelector("[data-kept-heading]")?.focus();
      });
      item.firstElementChild.dataset.kind = one.kind;
      if (one.text.length > LONG) item.firstElementChild.classList.add("long");
      return item;
    }),
  );
}

function dayOf(date) {
  const day = new Date(`${date}T12:00`);
  return Number.isNaN(day.getTime()) ? "" : new Intl.DateTimeFormat(locale, DAY).format(day);
}

function show() {
  for (const list of document.querySelectorAll("[data-kept-list]")) fill(list);
  const any = kept().length > 0;
  for (const part of document.querySelectorAll("[data-if-kept]")) part.hidden = !any;
  for (const part of document.querySelectorAll("[data-if-none-kept]")) part.hidden = any;
}

// Where an original is deleted or put to rest, and where somebody leaves for good.
document.addEventListener("submit", ({ target, submitter }) => {
  const names = submitter?.dataset.dropKept ?? target.dataset.dropKept;
  if (names) drop(named(names));
  if ("forgetHere" in target.dataset) localStorage.removeItem(STORE);
});
if (document.querySelector("[data-forget-kept]")) localStorage.removeItem(STORE);

show();
addEventListener("storage", show);
