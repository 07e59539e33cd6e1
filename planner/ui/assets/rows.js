// Rows are drawn as HTML and their links work at once. When this has come, a plain click on one stays in the
// session; with a key held, the browser opens a tab of its own as it does for any link.

const listening = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  listening.get(parentElement)?.abort();
  const listener = new AbortController();
  listening.set(parentElement, listener);
  const pick = (event) => {
    const link = event.target.closest(`.${data.rows} a`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("picked", link.textContent);
  };
  document.addEventListener("click", pick, { signal: listener.signal });
  return () => listener.abort();
}
