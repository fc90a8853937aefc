// What one can do with words shows once there are some. Without this script the next answer of the server shows it.

const box = document.getElementById("sheet");
const before = document.querySelector("[data-before-words]");
const ways = document.querySelector("[data-with-words]");

function show() {
  const isEmpty = !box.value.trim();
  ways.hidden = isEmpty;
  before.hidden = !isEmpty;
}

box.addEventListener("input", show);
show();
