// One step after the other: "Next" closes this step, shows its words on one line, and opens the one after it.

for (const step of document.querySelectorAll("[data-step]")) {
  const said = step.querySelector("[data-said-line]");
  const tell = () => {
    const words = [...step.querySelectorAll("textarea")].map((box) => box.value.trim());
    const chosen = step.querySelector("input[type=radio]:checked")?.dataset.word;
    said.textContent = [chosen, ...words].filter(Boolean).join(" ·\u00a0").slice(0, 160);
  };
  step.addEventListener("input", tell);
  step.addEventListener("change", () => setTimeout(tell));
  const next = step.querySelector("[data-next]");
  next?.addEventListener("click", () => {
    const after = step.nextElementSibling;
    after.open = true;
    step.open = false;
    after.querySelector("summary").focus();
    after.scrollIntoView({ block: "nearest" });
  });
}
