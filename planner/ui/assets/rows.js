// Rows are drawn as HTML and their links work at once. When this has come, a plain click on one stays in the
// session; with a key held, the browser opens a tab of its own as it does for any link. A table of nights is one stop
// for the Tab key: the arrows move inside it.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const listening = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  listening.get(parentElement)?.abort();
  const listener = new AbortController();
  listening.set(parentElement, listener);
  const here = `.${data.rows}`;
  const pick = (event) => {
    const link = event.target.closest(`${here} a`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("picked", link.dataset.pick ?? link.textContent);
  };
  document.addEventListener("click", pick, { signal: listener.signal });
  if (data.arrows) {
    document.addEventListener("focusin", (event) => oneStop(event, here), { signal: listener.signal });
    document.addEventListener("keydown", (event) => steer(event, here), { signal: listener.signal });
  }
  return () => listener.abort();
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
