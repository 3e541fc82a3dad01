// Writing a report. Without this file everything still works: pages are saved by their buttons.
const form = document.querySelector("[data-report]");
const told = document.querySelector("[data-saved]");
const QUIET = 1500; // milliseconds without typing before it is saved

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

// Words, counted as they are written.
document.querySelectorAll("[data-words]").forEach((field) => {
  const area = field.querySelector("textarea");
  const count = field.querySelector("[data-count]");
  area?.addEventListener("input", () => {
    const words = area.value.trim() ? area.value.trim().split(/\s+/).length : 0;
    count.textContent = `${words} ord`;
  });
});

// Saving as one types. Until the server has it, what is typed is also kept in this browser, so that neither a lost session
// nor a closed lid loses it.
const KEY = `digikoord:${location.pathname}`;
const keep = () => {
  try { localStorage.setItem(KEY, JSON.stringify({ at: new Date().toLocaleString("sv-SE"), values: typed() })); } catch { /* no room */ }
};
const forget = () => { try { localStorage.removeItem(KEY); } catch { /* not allowed */ } };
const say = (text, bad) => { told.textContent = text; told.classList.toggle("is-bad", Boolean(bad)); };
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

let changes = 0; // typed since the server last had it all
let timer;
let sending = Promise.resolve();
let busy = false; // the server is being told

const showErrors = (errors) => {
  form.querySelectorAll("[data-live-error]").forEach((one) => one.remove());
  for (const [name, sentences] of Object.entries(errors)) {
    const field = form.elements[name];
    if (!field?.insertAdjacentHTML) continue;
    const line = document.createElement("span");
    line.className = "invalid-feedback d-block";
    line.dataset.liveError = "";
    line.textContent = sentences.join(" ");
    field.insertAdjacentElement("afterend", line);
  }
};

const send = async () => {
  const before = changes;
  say("Sparar …");
  let answer;
  try {
    answer = await fetch(form.dataset.autosave, {
      method: "POST", body: new FormData(form), redirect: "manual", headers: { "X-CSRFToken": token() },
    });
  } catch {
    say("Ingen kontakt med servern. Texten finns kvar i den här webbläsaren och sparas när kontakten är tillbaka.", true);
    timer = setTimeout(queue, 10_000);
    return;
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    say("Du är utloggad. Logga in i en ny flik; texten finns kvar här och sparas sedan.", true);
    timer = setTimeout(queue, 10_000);
    return;
  }
  const result = await answer.json().catch(() => ({}));
  if (answer.status === 409) { say(result.problem, true); return; }
  if (!answer.ok) { say("Det gick inte att spara just nu. Texten finns kvar här.", true); return; }
  form.elements.edition.value = result.edition;
  showErrors(result.errors);
  const wrong = Object.keys(result.errors).length;
  say(wrong ? `Sparat, utom ${wrong} fält som inte kan stämma.` : `Sparat ${result.saved}`, wrong > 0);
  if (changes === before) { changes = 0; if (!wrong) forget(); }
};
const queue = () => { busy = true; sending = sending.then(send).finally(() => { busy = false; }); };

// Whether two of a form's contents say the same: the server writes figures, and lays out blanks, its own way.
const plain = (text) => {
  const tight = text.normalize("NFC").replace(/\s/g, "").toLowerCase();
  return /^[\d.,]+(kr)?$/.test(tight) ? String(Number(tight.replace("kr", "").replace(",", "."))) : text.normalize("NFC").split(/\s+/).join(" ").trim();
};
const told_by = (values) => JSON.stringify(values.map(([name, value]) => [name, plain(value)]).sort());
const typed = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "edition", "then"].includes(name));
const take = (values) => {
  for (const field of form.elements) {
    const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox") field.checked = own.includes(field.value);
    else if (own.length && "value" in field) [field.value] = own;
  }
};

if (form?.dataset.autosave) {
  form.addEventListener("input", () => {
    changes += 1;
    keep();
    clearTimeout(timer);
    timer = setTimeout(queue, QUIET);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (busy) { // else the page would meet its own saving as a colleague's
      event.preventDefault();
      const { submitter } = event;
      sending.then(() => form.requestSubmit(submitter));
      return;
    }
    changes = 0;
  });
  window.addEventListener("beforeunload", (event) => { if (changes) event.preventDefault(); });

  const kept = (() => { try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; } })();
  const bar = form.querySelector("[data-restore]");
  if (kept && told_by(kept.values) !== told_by(typed())) {
    bar.hidden = false;
    bar.querySelector("[data-restore-at]").textContent = kept.at;
    bar.querySelector("[data-restore-take]").addEventListener("click", () => {
      take(kept.values);
      bar.hidden = true;
      form.dispatchEvent(new Event("input"));
    });
    bar.querySelector("[data-restore-drop]").addEventListener("click", () => { forget(); bar.hidden = true; });
  } else {
    forget();
  }
}
