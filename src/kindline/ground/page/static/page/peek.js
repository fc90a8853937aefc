// A look at what is typed into a passphrase box.

const words = document.querySelector("[data-show]")?.dataset;
for (const box of document.querySelectorAll("input[type=password]")) {
  if (!words) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain small";
  button.textContent = words.show;
  button.setAttribute("aria-controls", box.id);
  // The box stays where it is: moved, it would let go of whoever types in it already.
  box.after(button);
  button.addEventListener("click", () => {
    const shown = box.type === "text";
    box.type = shown ? "password" : "text";
    button.textContent = shown ? words.show : words.hide;
    box.focus();
  });
  // Never send or keep a passphrase as readable text.
  box.form.addEventListener("submit", () => {
    box.type = "password";
  });
}
