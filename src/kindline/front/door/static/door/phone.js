// The device's own lock as a way in (WebAuthn with its PRF extension): it gives 32 bytes, which open one slot.
// Nobody checks a signature here, so the challenge is the browser's own; docs/decisions/passkeys.md says why.

const unpacked = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const packed = (raw) =>
  btoa(String.fromCharCode(...new Uint8Array(raw)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const chance = () => crypto.getRandomValues(new Uint8Array(32));
const isNumber = /^[\d.]+$|^\[/.test(location.hostname);

async function able() {
  if (!window.PublicKeyCredential || isNumber) return false;
  const can = (await PublicKeyCredential.getClientCapabilities?.()) ?? {};
  if (can["extension:prf"] === false) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
}

// Ask the device for the key of one of these credentials; undefined when it makes none.
async function keyOf(names, salt) {
  const given = await navigator.credentials.get({
    publicKey: {
      challenge: chance(),
      allowCredentials: names.map((name) => ({ type: "public-key", id: unpacked(name), transports: ["internal"] })),
      userVerification: "required",
      extensions: { prf: { eval: { first: unpacked(salt) } } },
    },
  });
  const key = given.getClientExtensionResults().prf?.results?.first;
  return key && { credential: packed(given.rawId), key: packed(key) };
}

async function newCredential({ salt, ownId, ownName }) {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: chance(),
      rp: { name: location.host },
      user: { id: unpacked(ownId), name: ownName, displayName: ownName },
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: {
        authenticatorAttachment: "platform",
        residentKey: "required",
        userVerification: "required",
      },
      extensions: { prf: { eval: { first: unpacked(salt) } } },
    },
  });
  const name = packed(made.rawId);
  if (made.getClientExtensionResults().prf?.enabled) return name;
  // A passkey that opens nothing need not stay in the device's list.
  await PublicKeyCredential.signalUnknownCredential?.({ rpId: location.hostname, credentialId: name });
  return "";
}

function send(form, fields) {
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  form.submit(); // not as somebody typing: the boxes for name and passphrase stay empty
  for (const name of Object.keys(fields)) form.elements[name].value = ""; // no page that the browser keeps holds the key
}

// One press, one question; what went wrong is said in a sentence beside the button.
function ask(button, says, question) {
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    says.textContent = "";
    try {
      says.textContent = (await question()) ?? "";
    } catch (refused) {
      const named = refused.name === "SecurityError" ? "phoneNoName" : "phoneNot";
      says.textContent = says.dataset[named] ?? says.dataset.phoneNot;
    }
    button.removeAttribute("aria-disabled");
  });
}

const unlock = document.querySelector("[data-phone-unlock]");
if (unlock) {
  const { phone, salt } = unlock.closest("[data-phone]").dataset;
  const says = document.querySelector("[data-phone-not]");
  ask(unlock, says, async () => {
    const opened = await keyOf(phone.split(","), salt);
    if (!opened) return says.dataset.phoneNot;
    send(unlock.form, opened);
  });
}

const make = document.querySelector("[data-phone-make]");
if (make) {
  const says = make.querySelector("[data-phone-not]");
  let name = "";
  ask(make.querySelector("[data-phone-go]"), says, async () => {
    name ||= await newCredential(make.dataset);
    const opened = name && (await keyOf([name], make.dataset.salt));
    if (!opened) return says.dataset.phoneNoKey;
    send(make, opened);
  });
}

const begin = document.querySelector("[data-phone-begin]");
begin?.querySelector("button").addEventListener("click", async () => {
  const can = await able();
  const unable = document.querySelector("[data-phone-unable]");
  begin.hidden = can;
  unable.textContent = can ? "" : unable.dataset.phoneUnable;
  const form = document.querySelector("[data-phone-form]");
  form.hidden = !can;
  if (can) form.querySelector("input[type=password]").focus();
});
