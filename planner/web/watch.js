// A page that has lost its connection cannot be told that its session has ended: Streamlit leaves what was drawn on the
// screen and tries for ever. So the page asks for itself. Asking is no activity.

const EVERY_MS = 15000;
const GONE = 404; // what the gate answers to whoever is signed out
let gone = 0;

setInterval(async () => {
  const answer = await fetch("/_stcore/host-config", { cache: "no-store" }).catch(() => null);
  if (answer === null) return; // no network: nobody knows
  gone = answer.status === GONE ? gone + 1 : 0;
  // Twice, because the gate answers alike while its database cannot be reached for a moment.
  if (gone === 2) location.replace(`/login?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`);
}, EVERY_MS);
