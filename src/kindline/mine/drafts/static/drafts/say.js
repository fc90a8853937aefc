// The sentence grows while somebody types: the server composes, this lays the words on the sheet.
// A wording that was changed by hand is never written over.

const form = document.getElementById("say");
const box = document.getElementById("sheet");
const grown = document.getElementById("grown");
const byHand = form.querySelector("[data-by-hand]");
const field = (name) => form.elements.namedItem(name);

let filling = false;

const chosen = () => form.querySelector("input[name=choice]:checked")?.value ?? "warm";
const composed = (name) => grown.querySelector(`[data-wording="${name}"]`)?.textContent ?? "";
const edited = (name) => field(`edited-${name}`);

function lay() {
  const name = chosen();
  const own = edited(name).value;
  field("shown").value = name;
  field("composed").value = composed(name);
  byHand.hidden = !own;
  const words = own || composed(name);
  if (box.value === words) return;
  filling = true;
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  filling = false;
}

grown.addEventListener("htmx:afterSwap", lay);
for (const radio of form.querySelectorAll("input[name=choice]")) radio.addEventListener("change", lay);

box.addEventListener("input", () => {
  if (filling) return;
  const name = chosen();
  edited(name).value = box.value.trim() && box.value !== composed(name) ? box.value : "";
  byHand.hidden = !edited(name).value;
});

form.querySelector("[data-anew]").addEventListener("click", (event) => {
  event.preventDefault();
  edited(chosen()).value = "";
  lay();
  box.focus();
});

// A filled line folds to one line with its words; "Next" opens the one after it.
for (const line of form.querySelectorAll("[data-line]")) {
  const words = line.querySelector("textarea");
  const said = line.querySelector("[data-said-line]");
  words.addEventListener("input", () => { said.textContent = words.value; });
  line.addEventListener("toggle", () => {
    if (line.open && line.contains(document.activeElement)) words.focus({ preventScroll: true });
  });
  const after = line.nextElementSibling;
  line.querySelector("[data-next-line]")?.addEventListener("click", () => {
    after.open = true;
    after.querySelector("textarea").focus();
  });
}

// What was written before every script had run was heard by nobody: let it be heard now.
addEventListener("DOMContentLoaded", () => {
  for (const words of form.querySelectorAll("[data-line] textarea"))
    if (words.value !== words.defaultValue) words.dispatchEvent(new Event("input", { bubbles: true }));
});

// The buttons for a page without this script must not answer the Enter key.
for (const button of form.querySelectorAll("button[name=grow]")) button.remove();
