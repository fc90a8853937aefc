// Without a connection nothing is offered that would need one.

let atHand = "atHand" in document.body.dataset; // out of the store: nobody answered for this page
const say = () => document.documentElement.classList.toggle("offline", !navigator.onLine || atHand);
addEventListener("online", () => {
  atHand = false;
  say();
});
addEventListener("offline", say);
say();
