// The account's sums follow what is typed; the server computes them again when the report is saved.
const grid = document.querySelector("[data-account]");
const sek = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 2 });
const ore = (text) => Math.round((Number(text.toLowerCase().replace("kr", "").replace(/\s/g, "").replace(",", ".")) || 0) * 100);
grid?.addEventListener("input", () => {
  const rows = [...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);
  const sums = rows[0].map((_, at) => rows.reduce((sum, fields) => sum + ore(fields[at].value), 0));
  grid.querySelectorAll("[data-sum]").forEach((cell, at) => { cell.textContent = sek.format(sums[at] / 100); });
  const left = Math.max(ore(grid.dataset.paid) - sums[0], 0);
  document.querySelector("[data-repay]").textContent = sek.format(left / 100);
});

// What is typed and not saved is not left by mistake.
const form = document.querySelector("[data-report]");
let typed = false;
form?.addEventListener("input", () => { typed = true; });
form?.addEventListener("submit", () => { typed = false; });
window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
