// Without a connection nothing is offered that would need one.

const say = () => document.documentElement.classList.toggle("offline", !navigator.onLine);
addEventListener("online", say);
addEventListener("offline", say);
say();
