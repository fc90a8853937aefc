// Reminders on this device: its browser gives an endpoint and two keys, and a plain form carries them to the server.

const place = document.querySelector("[data-reminders]");
const says = place.querySelector("[data-says]");
const form = place.querySelector("[data-add-device]");

const unpacked = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const packed = (raw) =>
  btoa(String.fromCharCode(...new Uint8Array(raw))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const isAble = isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

async function subscription() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager.getSubscription();
}

// One made for another key of this server, before a move say, would never be reached.
const isForUs = (there) => {
  const key = there.options.applicationServerKey;
  return key && packed(key) === place.dataset.reminders;
};

async function subscribe() {
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const there = await pushManager.getSubscription();
  if (there && isForUs(there)) return there;
  await there?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: unpacked(place.dataset.reminders) });
}

async function turnOn() {
  says.textContent = isAble ? "" : says.dataset.unable;
  if (!isAble) return;
  if ((await Notification.requestPermission()) !== "granted") {
    says.textContent = says.dataset.denied;
    return;
  }
  try {
    const given = await subscribe();
    form.elements.endpoint.value = given.endpoint;
    form.elements.public.value = packed(given.getKey("p256dh"));
    form.elements.auth.value = packed(given.getKey("auth"));
    form.submit();
  } catch {
    says.textContent = says.dataset.broken;
  }
}

async function show() {
  const there = await subscription();
  const listed = [...place.querySelectorAll("[data-endpoint]")].find((one) => one.dataset.endpoint === there?.endpoint);
  if (!listed) return;
  form.classList.add("done");
  listed.querySelector("[data-this-one]").hidden = false;
  listed.querySelector("[data-remove-device]").addEventListener("submit", () => there.unsubscribe());
}

form.querySelector("[data-turn-on]").addEventListener("click", turnOn);
if (isAble) show();
