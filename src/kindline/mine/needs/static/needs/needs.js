// Whoever chooses a finer need has chosen the need it lies under. Without this script the server does the same.

for (const need of document.querySelectorAll("[data-need]")) {
  need.addEventListener("change", ({ target }) => {
    if (target.name === "finer" && target.checked) need.querySelector("input[name=need]").checked = true;
  });
}
