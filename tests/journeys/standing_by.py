"""The service worker in a journey: waiting until it stands by, and looking at what it keeps."""

from playwright.sync_api import Page

STANDS_BY = """async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
}"""
STORES = """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) => {
  const store = await caches.open(name);
  const answers = await Promise.all((await store.keys()).map(async (one) =>
    [new URL(one.url).pathname + new URL(one.url).search, await (await store.match(one)).text()]));
  return [name, Object.fromEntries(answers)];
})))"""
FOR_EVERYBODY = {"/moment/", "/moment/pause/", "/moment/back/", "/help/", "/kept/", "/offline/"}


def wait_until_it_stands_by(page: Page) -> None:
    """Wait until the service worker has kept its pages and looks after this one."""
    page.evaluate(STANDS_BY)


def stores(page: Page) -> dict[str, dict[str, str]]:
    """Return every store of the browser: address and text of what is in it."""
    return page.evaluate(STORES)


def only_the_shell(page: Page) -> bool:
    """Say whether the browser's stores hold nothing but files of the app and pages that are the same for everybody."""
    kept = {address for store in stores(page).values() for address in store}
    return {address for address in kept if not address.startswith("/static/")} <= FOR_EVERYBODY
