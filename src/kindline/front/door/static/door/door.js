// At the door: the device's time zone for a new place.

for (const field of document.querySelectorAll("[data-time-zone]"))
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
for (const field of document.querySelectorAll("[data-hours]:is(input)"))
  field.value ||= Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12 ? "12" : "24";

// A place whose device has moved: offer its zone, and leave it to the person.
for (const box of document.querySelectorAll("[data-here]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || zone === box.value) continue;
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "button plain small";
  offer.textContent = box.dataset.here.replace("{zone}", zone);
  offer.addEventListener("click", () => {
    box.value = zone;
    offer.remove();
    box.focus();
  });
  box.after(offer);
}

// Back to the six words: what was typed instead is let go, so that it does not count unseen.
const own = document.getElementById("id_own");
document.getElementById("own-again")?.addEventListener("change", ({ target }) => {
  if (target.checked) own.focus();
  else own.value = "";
});
