// On the page that stands in while there is no connection: look again, by hand or as soon as there is one.
// The address is still the one that was asked for; asked for by its own, this page leads to the beginning.

const again = () => {
  if (location.pathname === "/offline/") location.replace("/");
  else location.reload();
};
document.querySelector("[data-try-again]")?.addEventListener("click", again);
// What another app shared came to this address, and got no further.
const shared = document.querySelector("[data-if-shared]");
if (shared) shared.hidden = location.pathname !== shared.dataset.ifShared;
// Whoever pressed a link is on their way already; a connection that comes and goes must not call them back.
let leaving = false;
addEventListener("click", ({ target }) => {
  if (target.closest("a[href]")) leaving = true;
});
addEventListener("online", () => leaving || again());
