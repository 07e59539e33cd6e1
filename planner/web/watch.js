// Beside every page of Streamlit's. It notices that the session has ended, and brings back what was being typed then.
//
// A page that has lost its connection cannot be told: Streamlit leaves what was drawn on the screen and tries for ever.
// So the page asks for itself. Asking is no activity.

const EVERY_MS = 15000;
const GONE = 404; // what the gate answers to whoever is signed out
const KEPT = "planner-typed";
const KEPT_MS = 60 * 60 * 1000; // who comes back later begins anew: the tab stands on a shared desk
const SIGNED_OUT = "You are signed out";
const FIELDS = '[data-testid="stMain"] input[type="text"][aria-label], [data-testid="stMain"] textarea[aria-label]';

// ── What is being typed stays in this tab's memory, and goes into its storage only when the session ends.

const touched = new Set();
let typed = {};

/** Fields by label, numbered where several share one: the same field has the same name on the next drawing. */
function fields() {
  const found = {};
  const seen = {};
  for (const field of document.querySelectorAll(FIELDS)) {
    const label = field.getAttribute("aria-label");
    seen[label] = (seen[label] ?? 0) + 1;
    found[`${label} ${seen[label]}`] = field;
  }
  return found;
}

/** Who is signed in, as the frame says: what one person typed is never brought back to another. */
const who = () => document.querySelector('[data-testid="stText"]')?.textContent ?? "";
let person = "";
let here = ""; // as it was: the page that says one is signed out has lost the tab from its address

const isOut = () => document.querySelector("h1")?.textContent === SIGNED_OUT;

document.addEventListener("input", (event) => {
  const name = Object.entries(fields()).find(([, field]) => field === event.target)?.[0];
  if (name) touched.add(name);
});

function look() {
  if (isOut()) return keep();
  person = who() || person;
  here = location.pathname + location.search;
  const now = Object.entries(fields());
  typed = Object.fromEntries(now.filter(([name, field]) => touched.has(name) && field.value).map(([n, f]) => [n, f.value]));
}

function keep() {
  if (Object.keys(typed).length === 0) return;
  sessionStorage.setItem(KEPT, JSON.stringify({ person, here, typed, at: Date.now() }));
  typed = {};
}

// ── After signing in again, at the same page.

/** As if typed: React hears only its own way of setting a value. */
function type(field, value) {
  const prototype = field.tagName === "TEXTAREA" ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value").set.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
}

function say(sentence) {
  const note = document.createElement("p");
  note.setAttribute("role", "status");
  note.textContent = sentence;
  note.style.cssText =
    "position:fixed;top:3.5rem;right:1rem;z-index:1000;margin:0;padding:.6rem 1rem;border:1px solid;border-radius:4px;" +
    "font-family:inherit;background:Canvas;color:CanvasText";
  document.body.append(note);
  setTimeout(() => note.remove(), 20000);
}

function bringBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (kept === null || isOut()) return;
  if (Date.now() - kept.at > KEPT_MS) return sessionStorage.removeItem(KEPT);
  if (who() === "" || kept.here !== location.pathname + location.search) return;
  if (who() !== kept.person) return sessionStorage.removeItem(KEPT);
  const now = fields();
  const waiting = Object.entries(kept.typed).filter(([name]) => now[name]);
  if (waiting.length === 0) return;
  for (const [name, value] of waiting) {
    type(now[name], value);
    touched.add(name);
  }
  sessionStorage.removeItem(KEPT);
  say("What you were typing is back.");
}

setInterval(() => {
  look();
  bringBack();
}, 1000);

// ── Whether the session has ended.

let gone = 0;

setInterval(async () => {
  const answer = await fetch("/_stcore/host-config", { cache: "no-store" }).catch(() => null);
  if (answer === null) return; // no network: nobody knows
  gone = answer.status === GONE ? gone + 1 : 0;
  // Twice, because the gate answers alike while its database cannot be reached for a moment.
  if (gone === 2) {
    look();
    keep();
    location.replace(`/login?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`);
  }
}, EVERY_MS);
