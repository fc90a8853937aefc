// The service worker. It keeps a few pages that are the same for everybody, for the time without a connection, and
// nothing else: what somebody unlocked asks for passes through and leaves no trace here. While the network answers,
// every page comes from the network. KEEP comes from /sw.js; another release means another name.

const { name, pages, offline, today, icon, static: files, exit, elsewhere, share, unsaved } = self.KEEP;
const own = location.origin;
const LONGEST_ASK = 10 * 1000; // milliseconds

// Without cookies the server can't know who asks: what is kept is nobody's page.
const fresh = (address) => new Request(address, { credentials: "omit", cache: "no-cache" });

async function keepPages() {
  const store = await caches.open(name);
  const needed = new Set();
  await Promise.all(
    Object.entries(pages).map(async ([path, address]) => {
      const answer = await fetch(fresh(address));
      if (!answer.ok || answer.redirected) throw new Error(address);
      const text = await answer.clone().text();
      for (const [, file] of text.matchAll(/(?:href|src)="([^"#]+\.(?:css|js|svg))["#]/g))
        if (file.startsWith(files)) needed.add(file);
      await store.put(path, answer);
    }),
  );
  await store.addAll([...needed].map(fresh));
}

async function throwOldAway() {
  for (const old of await caches.keys()) if (old !== name) await caches.delete(old);
  // The browser then asks for a page itself, with everything it says about who asks and from where.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

addEventListener("install", (event) => {
  self.skipWaiting();
  // What a page sends with its last breath must not wait here: it would be lost with the page.
  event.addRoutes?.({ condition: { urlPattern: new URLPattern({ pathname: unsaved }) }, source: "network" });
  event.waitUntil(keepPages());
});
addEventListener("activate", (event) => event.waitUntil(throwOldAway()));

async function answerPage(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return standIn(event);
  }
}

async function standIn(event) {
  const store = await caches.open(name);
  const { pathname } = new URL(event.request.url);
  return (await store.match(pathname in pages ? pathname : offline)) ?? Response.error();
}

// A form that can't be sent: an answer without content leaves the page as it is, with every word on it.
async function sendForm(event) {
  try {
    return await fetch(event.request);
  } catch {
    if (new URL(event.request.url).pathname === exit) return Response.redirect(elsewhere, 303);
    for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage("unsent");
    return new Response(null, { status: 204 });
  }
}

// Sent by the worker, what is shared would seem to come from a page of ours. So the browser sends it itself, to an
// address that is not asked about again; where nobody answers, a page says where the words still are.
async function passOn(event) {
  const ask = { method: "HEAD", credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(LONGEST_ASK) };
  const isThere = await fetch(offline, ask).then(({ ok }) => ok, () => false);
  return isThere ? Response.redirect(`${share}?there`, 307) : standIn(event);
}

const answerFile = async ({ request }) => (await (await caches.open(name)).match(request)) ?? fetch(request);

addEventListener("fetch", (event) => {
  const { request } = event;
  if (!request.url.startsWith(`${own}/`)) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(answerPage(event));
  // Only forms of our own pages: what comes from elsewhere goes to the server as it came, so that it can refuse it.
  else if (request.mode === "navigate" && request.referrer.startsWith(`${own}/`)) event.respondWith(sendForm(event));
  // What another app shares goes to the server as it came, too, once somebody answers there.
  else if (request.mode === "navigate" && request.url === own + share) event.respondWith(passOn(event));
  // Their names change with their content, so a kept one is the right one.
  else if (request.method === "GET" && request.url.startsWith(own + files)) event.respondWith(answerFile(event));
});

// A reminder says the same to everybody. One that comes twice takes the place of the first, and makes no sound again.
const AGAIN = 10 * 60 * 1000; // milliseconds: what comes later than that is another one

async function remind({ title, body, lang }) {
  const [there] = await self.registration.getNotifications({ tag: "reminder" });
  const renotify = Boolean(there) && Date.now() - there.data > AGAIN;
  const said = { body, lang, icon, tag: "reminder", renotify, data: renotify || !there ? Date.now() : there.data };
  await self.registration.showNotification(title, said);
}

async function openToday() {
  const open = await self.clients.matchAll({ type: "window" });
  const there = open.find(({ url }) => new URL(url).pathname === today);
  await (there ? there.focus() : self.clients.openWindow(today));
}

addEventListener("push", (event) => event.waitUntil(remind(event.data.json())));
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openToday());
});
