// What follows from the accepted amounts, while they are typed; the server computes it again ("Räkna om", and the act).
const grid = document.querySelector("[data-accept]");
const sek = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 2 });
const ore = (text) => Math.round((Number(text.toLowerCase().replace("kr", "").replace(/\s/g, "").replace(",", ".")) || 0) * 100);
const tell = (selector, amount) => document.querySelectorAll(selector).forEach((cell) => { cell.textContent = sek.format(amount / 100); });
grid?.addEventListener("input", () => {
  const paid = ore(grid.dataset.paid);
  const used = [...grid.querySelectorAll("[inputmode=decimal]")].reduce((sum, field) => sum + ore(field.value), 0);
  tell("[data-sum], [data-used]", used);
  tell("[data-repay]", Math.max(paid - used, 0));
  const follows = used > paid ? "over" : used < paid ? "repay" : "settled";
  document.querySelectorAll("[data-follows]").forEach((row) => { row.hidden = row.dataset.follows !== follows; });
});
