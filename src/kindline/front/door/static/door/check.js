// Choosing what it is asks the coach again about the words as they stand.

const form = document.querySelector("[data-sheet]")?.closest("form");
const sheet = form?.querySelector("[data-sheet]");

form?.addEventListener("change", ({ target }) => {
  if (target.name !== "look") return;
  form.elements.lens.value = target.value;
  if (form.elements.text.value.trim()) sheet.dispatchEvent(new CustomEvent("listen"));
});

// "A lot at once" comes as 429; the sentence in it is shown like an answer.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 429) detail.shouldSwap = true;
});
