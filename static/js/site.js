// Small comforts. Every page works without this file.

// A menu closes when one clicks beside it or presses Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The map and the board's rows point at each other.
document.addEventListener("pointerover", (event) => {
  const code = event.target.closest?.("[data-county]")?.dataset.county;
  for (const one of document.querySelectorAll("[data-county]")) {
    one.classList.toggle("lit", one.dataset.county === code);
  }
});

// A mass act's sum follows what is ticked. Öre are whole numbers while summing.
const kronor = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 2 });
document.addEventListener("change", (event) => {
  const list = event.target.closest?.("[data-confirm-list]");
  if (!list) return;
  const ticked = [...list.querySelectorAll("tbody input:checked")];
  const ore = ticked.reduce((sum, box) => sum + Math.round(Number(box.dataset.amount || 0) * 100), 0);
  list.querySelector("[data-confirm-count]").textContent = ticked.length;
  list.querySelector("[data-confirm-sum]").textContent = kronor.format(ore / 100);
});

// One click is one act: the button rests while the answer is on its way.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  const button = event.submitter;
  if (button && !button.name) setTimeout(() => { button.disabled = true; }, 0);
});
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[type=submit]:disabled")) button.disabled = false;
});

// A part of a page that could not be changed says so, with the error's number.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status < 500) return;
  const told = document.createElement("p");
  told.className = "message message-error";
  told.setAttribute("role", "alert");
  told.textContent = event.detail.xhr.responseText;
  document.querySelector("main").prepend(told);
});
