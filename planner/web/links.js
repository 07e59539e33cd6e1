// Beside every page of Streamlit's. Links of rows, of tasks and of the calendar are HTML from the server and work at once,
// as any link does. A plain click on one stays in the session and is one step of the browser's history, so that one Back
// leads to the rows again; with a key held, the browser opens a tab of its own. In the calendar, whose links every Tab
// reaches, the arrow keys go to the nearest link that way.
//
// As a component of Streamlit's this would come last, and bring the framework's component code along.
{
  const LINKS = ".rows a, .calendar a, a.way[href]";
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // Another tab of the same page is no step of the history: one Back leads to where the page was opened from.
  const push = history.pushState;
  const apart = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.delete("tab");
    return url.href;
  };
  history.pushState = (state, unused, address) => {
    const isTab = address && apart(address) === apart(location.href);
    (isTab ? history.replaceState : push).call(history, state, unused, address);
  };

  // The second click of a double one is where the first has led already.
  const follow = (link) => {
    if (link.href === location.href) return;
    if (link.id && link === document.activeElement) stayOn(link);
    push.call(history, {}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate"));
  };

  // "Later" is drawn again by what it leads to; the keyboard's place on it stays, if nothing else has taken it.
  let waiting;
  const stayOn = (link) => {
    waiting?.disconnect();
    waiting = new MutationObserver(() => {
      const drawn = document.getElementById(link.id);
      if (!drawn || drawn === link) return;
      waiting.disconnect();
      if (document.activeElement === document.body) drawn.focus();
    });
    waiting.observe(document.body, { childList: true, subtree: true });
  };

  const nearest = (from, links, [right, down]) => {
    const start = centre(from);
    const steps = links
      .filter((link) => link !== from)
      .map((link) => ({ link, x: centre(link).x - start.x, y: centre(link).y - start.y }))
      .map(({ link, x, y }) => ({ link, along: x * right + y * down, across: Math.abs(x * down + y * right) }))
      .filter(({ along }) => along > 4)
      .sort((one, other) => one.along + 3 * one.across - (other.along + 3 * other.across));
    return steps[0]?.link;
  };

  const centre = (element) => {
    const box = element.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(LINKS);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(link);
  });

  document.addEventListener("keydown", (event) => {
    const from = event.target.closest?.(".calendar a");
    const way = ARROWS[event.key];
    if (!from || !way || event.altKey || event.ctrlKey || event.metaKey) return;
    const shown = [...from.closest(".calendar").querySelectorAll("a")].filter((link) => link.checkVisibility());
    const reached = nearest(from, shown, way);
    if (!reached) return;
    event.preventDefault();
    reached.focus();
  });
}
