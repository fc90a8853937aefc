// A code that came with a link stands behind its "#", which no server sees. Take it into the form and out of the address.

const form = document.querySelector("form[data-invited]");
const box = form.querySelector("[data-code]");

function take() {
  let words = "";
  try {
    words = decodeURIComponent(location.hash.slice(1)).replaceAll("-", " ").trim();
  } catch {
    // Not a link of ours.
  }
  if (!words) return;
  history.replaceState(history.state, "", location.pathname);
  box.value = words;
  form.requestSubmit(); // looking spends nothing
}
addEventListener("hashchange", take);
take();
