// A table of nights is HTML, and its links work at once. When this has come it is one stop for the Tab key: the arrows
// move inside it. A plain click on a night, or Enter, picks it: it opens below the table, its cell is marked, it is brought
// into sight and said to a screen reader, and the focus stays where it is. With a key held the browser opens a tab.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const OPENED = ".st-key-picked-night";
const SETTLED_MS = 300;
const PATIENCE_MS = 10_000;
const listening = new WeakMap();
const chosen = new Map();

export default function ({ parentElement, data, setTriggerValue }) {
  listening.get(parentElement)?.abort();
  const listener = new AbortController();
  listening.set(parentElement, listener);
  const here = `.${data.table}`;
  const pick = (event) => {
    const link = event.target.closest(`${here} a`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("picked", link.dataset.pick);
    chosen.set(here, link.dataset.pick);
    mark(here);
    whenOpened(show);
  };
  if (!chosen.has(here) && data.picked) chosen.set(here, data.picked);
  mark(here);
  status();
  document.addEventListener("click", pick, { signal: listener.signal });
  document.addEventListener("focusin", (event) => oneStop(event, here), { signal: listener.signal });
  document.addEventListener("keydown", (event) => steer(event, here), { signal: listener.signal });
  return () => listener.abort();
}

function mark(here) {
  for (const link of document.querySelectorAll(`${here} a`)) {
    if (link.dataset.pick === chosen.get(here)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// A place for what is said must be there before anything is said in it.
function status() {
  const found = document.querySelector(".nights-said");
  if (found) return found;
  const made = document.createElement("div");
  made.className = "nights-said";
  made.setAttribute("role", "status");
  return document.body.appendChild(made);
}

// Once what stands there is another night and has come to rest.
function whenOpened(then) {
  const words = () => document.querySelector(OPENED)?.innerText ?? "";
  const before = words();
  let rest = 0;
  const watch = new MutationObserver(() => {
    if (words() === before) return;
    clearTimeout(rest);
    rest = setTimeout(() => {
      watch.disconnect();
      then(document.querySelector(OPENED));
    }, SETTLED_MS);
  });
  watch.observe(document.body, { childList: true, characterData: true, subtree: true });
  setTimeout(() => watch.disconnect(), PATIENCE_MS);
}

function show(opened) {
  opened?.scrollIntoView({ block: "nearest" });
  status().textContent = [...(opened?.querySelectorAll("h3, [data-testid=stText]") ?? [])]
    .map((part) => part.innerText.replace(/\.$/, ""))
    .join(". ");
}

function oneStop(event, here) {
  const link = event.target.closest?.(`${here} a`);
  if (!link) return;
  for (const other of link.closest(here).querySelectorAll("a")) other.tabIndex = other === link ? 0 : -1;
}

function steer(event, here) {
  const link = event.target.closest?.(`${here} a`);
  const [across, down] = ARROWS[event.key] ?? [0, 0];
  if (!link || (!across && !down)) return;
  event.preventDefault();
  next(link.closest("td"), across, down)?.focus();
}

// The next cell that way with something in it: an unknown night is stepped over.
function next(cell, across, down) {
  const column = cell.cellIndex;
  const step = (from) => {
    if (across) return across > 0 ? from.nextElementSibling : from.previousElementSibling;
    const row = from.parentElement;
    return (down > 0 ? row.nextElementSibling : row.previousElementSibling)?.cells[column] ?? null;
  };
  for (let at = step(cell); at; at = step(at)) {
    const link = at.querySelector("a");
    if (link) return link;
  }
  return null;
}
