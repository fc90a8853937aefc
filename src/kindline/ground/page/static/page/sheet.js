// The coach's sheet: a mirror of the text lies behind the textarea and carries the underlines.
// The server sends the words with their marks; here they are only kept in step while somebody types.

const PAUSE = 300; // ms after the last key

// Says which stretch of `before` was replaced: it starts at `start`, ended at `end`, and is now `text`.
function change(before, after) {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < least - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

// Puts the new text into the mirror; marks outside the edited stretch stay, a mark that was edited goes.
function follow(mirror, value) {
  const before = mirror.textContent;
  if (before === value) return;
  const { start, end, text } = change(before, value);
  const nodes = [];
  let at = 0;
  let placed = false;
  const place = () => {
    if (!placed) nodes.push(document.createTextNode(text));
    placed = true;
  };
  for (const node of [...mirror.childNodes]) {
    const words = node.textContent;
    const [from, to] = [at, at + words.length];
    at = to;
    if (to <= start && !(to === start && node.nodeType === Node.TEXT_NODE)) nodes.push(node);
    else if (from >= end && from >= start) {
      place();
      nodes.push(node);
    } else {
      nodes.push(document.createTextNode(words.slice(0, Math.max(0, start - from))));
      if (to >= start) place();
      nodes.push(document.createTextNode(words.slice(Math.max(0, Math.min(words.length, end - from)))));
    }
  }
  place();
  mirror.replaceChildren(...nodes);
  mirror.normalize();
}

function offsetOf(mark) {
  let at = 0;
  for (let node = mark.previousSibling; node; node = node.previousSibling) at += node.textContent.length;
  return at;
}

function begin(sheet) {
  const id = sheet.dataset.sheet;
  const box = document.getElementById(id);
  const mirror = sheet.querySelector(".mirror");
  const notes = document.getElementById(`${id}-heard`);
  const status = document.querySelector(`[data-heard-said="${id}"]`);
  const form = box.form;
  const field = (name) => [...form.elements].find((one) => one.name === name);
  // Several sheets may share one form: each remembers what was put aside in the field that follows it.
  const aside = [...form.querySelectorAll("input[name=aside]")].find(
    (one) => sheet.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const lens = aside?.parentElement.querySelector(`input[name=sheet][value="${id}"]`)?.previousElementSibling;

  let asked = null; // the words and what was aside when the coach was last asked
  let marks = null; // the mirror as the coach last answered, for words that come back before it is asked again
  let underWay = false;
  let timer;

  const question = () => JSON.stringify([box.value, aside?.value]);
  const say = (words) => {
    if (status && status.textContent !== words) status.textContent = words;
  };

  const listen = () => {
    clearTimeout(timer);
    if (underWay || asked === question()) return;
    if (!box.value.trim()) {
      notes?.replaceChildren();
      asked = question();
      return;
    }
    asked = question();
    underWay = true;
    sheet.dispatchEvent(new CustomEvent("listen"));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(listen, PAUSE);
  };

  // A note whose words were changed has nothing to point at until the coach has listened again.
  const tuck = () => {
    for (const note of notes?.querySelectorAll("[data-about]") ?? [])
      note.hidden = !mirror.querySelector(`[id="${note.dataset.about}"]`);
  };

  const remember = () => {
    marks = { text: mirror.textContent, nodes: mirror.cloneNode(true) };
  };

  box.addEventListener("input", () => {
    if (marks?.text === box.value) mirror.replaceChildren(...marks.nodes.cloneNode(true).childNodes);
    else follow(mirror, box.value);
    tuck();
    soon();
  });

  sheet.addEventListener("htmx:configRequest", (event) => {
    event.detail.parameters = {
      csrfmiddlewaretoken: field("csrfmiddlewaretoken")?.value ?? "",
      text: box.value,
      lens: lens?.value ?? "any",
      sheet: id,
      aside: aside?.value ?? "",
    };
  });

  // An answer to older words is dropped; the newer ones are asked about at once.
  notes?.addEventListener("htmx:beforeSwap", (event) => {
    if (asked !== question()) event.detail.shouldSwap = false;
  });
  sheet.addEventListener("htmx:afterRequest", (event) => {
    underWay = false;
    if (!event.detail.successful && event.detail.xhr?.status !== 401) {
      asked = null;
      say(sheet.dataset.unreachable);
    } else if (asked !== question()) listen();
  });

  notes?.addEventListener("htmx:afterSwap", () => {
    const marked = notes.querySelector("[data-mirror]");
    if (marked && marked.textContent === box.value) mirror.replaceChildren(...marked.childNodes);
    remember();
    notes.querySelector(".marked-part")?.remove();
    say(notes.querySelector("[data-said]")?.textContent.trim() ?? "");
  });

  notes?.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.name === "use") {
      event.preventDefault();
      use(button.dataset);
    } else if (button?.name === "put_aside") {
      event.preventDefault();
      if (aside) aside.value = `${aside.value} ${button.value}`.trim();
      aside?.dispatchEvent(new Event("change", { bubbles: true }));
      button.closest(".note").remove();
      box.focus();
      listen();
    }
  });

  // Gentler words take the place of the marked ones and of what else in their sentence they stand for.
  function use({ mark, before, after, try: words }) {
    const place = mirror.querySelector(`[id="${mark}"]`);
    if (!place) return listen();
    const heard = before + place.textContent + after;
    const start = offsetOf(place) - before.length;
    const end = start + heard.length;
    box.focus();
    if (box.value.slice(start, end) !== heard) return listen();
    box.setSelectionRange(start, end);
    // As if it were typed, so that undo takes it back.
    if (!document.execCommand("insertText", false, words)) {
      box.setRangeText(words, start, end, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    listen();
  }

  if (notes?.childElementCount) remember();
  follow(mirror, box.value); // a browser may have kept other words than the page came with
  notes?.querySelector(".marked-part")?.remove();
  // The buttons for a page without this script must not answer the Enter key.
  for (const button of form.querySelectorAll("button[name=listen]")) button.remove();
  asked = notes?.childElementCount ? question() : null;
  if (box.value.trim() && !notes?.childElementCount) soon();
}

for (const sheet of document.querySelectorAll("[data-sheet]")) begin(sheet);
