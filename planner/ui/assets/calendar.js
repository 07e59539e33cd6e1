// Draws a month or a week as a real table, or as a list by day where the space is narrow.
// Every word arrives as text and is put in as text: nothing here reads markup.

// Pixels below which seven columns, or seven and their names, cannot hold a title.
const NARROW_MONTH = 640;
const NARROW_PARTS = 800;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PRESSED = "[data-place]";
const open = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  open.get(parentElement)?.();
  const close = show(rootIn(parentElement), data, (what) => setTriggerValue("picked", what));
  open.set(parentElement, close);
  return close;
}

function rootIn(parent) {
  const found = parent.querySelector(".calendar");
  if (found) return found;
  const root = make("div", { class: "calendar" });
  parent.append(root);
  return root;
}

function show(root, data, pick) {
  const enough = { month: NARROW_MONTH, week: NARROW_PARTS }[data.shape] ?? Infinity;
  let drawnFor = null;
  const draw = () => {
    const isNarrow = root.clientWidth < enough;
    const kind = `${isNarrow} ${root.clientWidth >= NARROW_MONTH}`;
    if (kind === drawnFor || root.clientWidth === 0) return;
    drawnFor = kind;
    const drawn = isNarrow ? list(data, pick) : table(data, pick);
    drawn.classList.toggle("wide", root.clientWidth >= NARROW_MONTH);
    keepFocus(root, () => root.replaceChildren(drawn));
  };
  const observer = new ResizeObserver(draw);
  observer.observe(root);
  draw();
  return () => observer.disconnect();
}

// A redraw after a click must not throw a keyboard user back to the top of the page.
function keepFocus(root, redraw) {
  const place = root.getRootNode().activeElement?.dataset.place;
  redraw();
  if (place === undefined) return;
  [...root.querySelectorAll(PRESSED)].find((each) => each.dataset.place === place)?.focus();
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// A week has rows for the parts of a day; a month has columns with names, and one row a week.
const byParts = (data) => data.shape === "week";

const hidden = (text) => make("span", { class: "hidden" }, text);


function table(data, pick) {
  const parts = byParts(data);
  const element = make("table", { class: parts ? "parts" : "month" }, make("caption", {}, data.caption));
  if (!parts) element.append(make("thead", {}, make("tr", {}, ...data.columns.map(columnHead))));
  element.append(...data.weeks.map((week) => (parts ? partsBody(week, pick) : monthBody(week, pick))));
  element.addEventListener("keydown", steer);
  return element;
}

const columnHead = (name) => make("th", { scope: "col" }, name);

function monthBody(week, pick) {
  const numbers = make("tr", { class: "numbers" }, ...week.days.map(monthDayHead));
  const cells = week.rows[0].cells.map((cell, column) => dayCell(cell, week.days[column], pick));
  return make("tbody", {}, numbers, ...lanes(week, pick), make("tr", {}, ...cells));
}

function partsBody(week, pick) {
  const heads = make("tr", {}, make("td"), ...week.days.map(partsDayHead));
  const rows = week.rows.map((row) => {
    const cells = row.cells.map((cell, column) => dayCell(cell, week.days[column], pick));
    return make("tr", {}, make("th", { scope: "row" }, row.name), ...cells);
  });
  return make("tbody", {}, heads, ...lanes(week, pick, make("td")), ...rows);
}

function monthDayHead(day) {
  const shown = make("span", { "aria-hidden": "true" }, day.number);
  return dayHead(day, shown, hidden(day.label), ...day.marks.map(mark));
}

const partsDayHead = (day) => dayHead(day, day.short, ...day.marks.map(mark));

function dayHead(day, ...content) {
  const [first, ...rest] = content;
  const today = day.today ? make("span", { class: "today" }, " Today") : null;
  const current = day.today ? "date" : undefined;
  return make("th", { scope: "col", class: dayClass(day), "aria-current": current }, first, today, ...rest);
}

function mark(each) {
  const sign = make("span", { "aria-hidden": "true" }, `${each.sign}\u00a0`);
  return make("span", { class: `mark ${each.tone}`, title: each.said }, hidden(", "), sign, each.word);
}

// In a list there is room for all that a mark says.
function markLine(each) {
  const sign = make("span", { "aria-hidden": "true" }, `${each.sign}\u00a0`);
  return make("p", { class: `mark ${each.tone}` }, sign, `${each.word}. ${each.said}.`);
}

const dayClass = (day) => (day.outside ? "outside" : "inside") + (day.today ? " current" : "");

function dayCell(cell, day, pick) {
  const items = cell.tiles.map((entry) => item(entry, day.on, pick));
  if (cell.more) items.push(make("li", {}, more(cell.more, day, pick)));
  return make("td", { class: dayClass(day) }, items.length ? make("ul", { role: "list" }, ...items) : null);
}

function lanes(week, pick, margin = null) {
  return week.lanes.map((lane) => {
    if (lane.every((band) => band.goes_on)) return goesOn(lane, margin);
    const cells = [];
    let column = 0;
    for (const band of lane) {
      if (band.column > column) cells.push(make("td", { colspan: band.column - column }));
      cells.push(make("td", { colspan: band.columns }, tile(band.tile, week.days[band.column].on, pick)));
      column = band.column + band.columns;
    }
    if (column < week.days.length) cells.push(make("td", { colspan: week.days.length - column }));
    return make("tr", { class: "lane" }, margin?.cloneNode() ?? null, ...cells);
  });
}


function goesOn(lane, margin) {
  const [{ tile: entry }] = lane;
  const cell = make("td", { colspan: 7 }, hidden(`${entry.title} goes on`));
  return make("tr", { class: "lane goes-on" }, margin?.cloneNode() ?? null, cell);
}

// On a narrow screen a month is the week of its day; the other weeks are folded below it.
function list(data, pick) {
  const group = make("div", { role: "group", "aria-label": data.caption });
  group.append(make("p", { class: "caption" }, data.caption));
  const lasting = longEntries(data.weeks, pick);
  if (lasting.length) group.append(make("ul", { role: "list", class: "lasting" }, ...lasting));
  const chosen = data.weeks.find((week) => week.days.some((day) => day.on === data.day)) ?? data.weeks[0];
  group.append(...weekList(chosen, pick, () => true));
  for (const week of data.weeks.filter((each) => each !== chosen)) {
    const count = week.rows.flatMap((row) => row.cells).reduce((sum, cell) => sum + cell.tiles.length + cell.more, 0);
    const summary = make("summary", {}, `${week.name}: ${count === 1 ? "1 entry" : `${count} entries`}`);
    group.append(make("details", {}, summary, ...weekList(week, pick, (day) => !day.outside)));
  }
  group.addEventListener("keydown", steer);
  return group;
}

function weekList(week, pick, belongs) {
  const days = week.days.map((day, column) => (belongs(day) ? listDay(week, day, column, pick) : null));
  const filled = days.filter((day) => day !== null);
  if (filled.length) return [make("ol", { role: "list" }, ...filled)];
  return [make("p", {}, `Nothing on these days: ${week.name}.`)];
}

function longEntries(weeks, pick) {
  const bands = weeks.flatMap((week) => week.lanes.flat().map((band) => band.tile));
  const once = new Map(bands.map((entry) => [entry.ref, entry]));
  return [...once.values()].map((entry) => make("li", {}, tile(entry, "lasting", pick, true)));
}

// A day without an entry is left out, unless what stands beside it matters by itself.
function listDay(week, day, column, pick) {
  const cells = week.rows.map((row) => row.cells[column]);
  const entries = cells.flatMap((cell) => cell.tiles);
  const left = cells.reduce((sum, cell) => sum + cell.more, 0);
  if (entries.length + left === 0 && !day.marks.some((each) => each.keeps)) return null;
  const items = entries.map((entry) => item(entry, day.on, pick, true));
  if (left) items.push(make("li", {}, more(left, day, pick)));
  const name = make("p", { class: dayClass(day) }, day.label, day.today ? make("b", {}, " Today") : null);
  const rest = items.length ? make("ul", { role: "list" }, ...items) : null;
  return make("li", {}, name, ...day.marks.map(markLine), rest);
}

// What may be moved has a second link, which leads to where that is done.
function item(entry, place, pick, roomy = false) {
  const element = make("li", { class: entry.move && "movable" }, tile(entry, place, pick, roomy));
  if (!entry.move) return element;
  const attributes = { class: "move", "data-place": `${place} ${entry.ref} move` };
  element.append(link(entry.move, attributes, "Move…", hidden(` ${entry.title}`)));
  return element;
}

// In a list there is room for everything; in a table the rest is there for who hears it.
function tile(entry, place, pick, roomy = false) {
  const attributes = { class: `tile ${entry.tone}`, "data-place": `${place} ${entry.ref}` };
  const sign = make("span", { "aria-hidden": "true" }, `${entry.sign}\u00a0`);
  const state = entry.word ? make("span", { class: "state" }, sign, entry.word) : null;
  const rest = [entry.until, entry.detail, entry.day].filter(Boolean).join(", ");
  const parts = roomy
    ? [line("time", `${entry.time} ${entry.until}`), line("title", entry.title), state, line("detail", entry.detail)]
    : [firstLine(entry), state, hidden(rest)];
  const spoken = parts.filter(Boolean).flatMap((part) => [part, hidden(", ")]).slice(0, -1);
  return entry.address ? link(entry.address, attributes, ...spoken) : button(place, attributes, pick, ...spoken);
}

function button(on, attributes, pick, ...children) {
  const element = make("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", () => pick({ on }));
  return element;
}

function link(address, attributes, ...children) {
  const element = make("a", { href: address, ...attributes }, ...children);
  element.addEventListener("click", follow);
  return element;
}

// A plain click stays in the session and is one step of the browser's history, so that one Back leads here again; with
// a key held the browser opens a tab of its own. The second click of a double one is where the first has led already.
function follow(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { href } = event.currentTarget;
  if (href === location.href) return;
  history.pushState({}, "", href);
  dispatchEvent(new PopStateEvent("popstate"));
}

const line = (name, text) => (text.trim() ? make("span", { class: name }, text.trim()) : null);

function firstLine(entry) {
  const time = entry.time ? make("span", { class: "time" }, entry.time) : null;
  return make("span", { class: "first" }, time, time && " ", entry.title);
}

function more(count, day, pick) {
  const attributes = { class: "more", "data-place": `${day.on} more` };
  return button(day.on, attributes, pick, `+${count} more`, hidden(` on ${day.label}`));
}

// The arrow keys go to the nearest entry that way; Tab goes through them in order as ever.
function steer(event) {
  const way = ARROWS[event.key];
  const from = event.target.closest(PRESSED);
  if (!way || !from || event.altKey || event.ctrlKey || event.metaKey) return;
  const reached = nearest(from, [...event.currentTarget.querySelectorAll(PRESSED)], way);
  if (!reached) return;
  event.preventDefault();
  reached.focus();
}

function nearest(from, entries, [right, down]) {
  const start = centre(from);
  const steps = entries
    .filter((entry) => entry !== from)
    .map((entry) => ({ entry, x: centre(entry).x - start.x, y: centre(entry).y - start.y }))
    .map(({ entry, x, y }) => ({ entry, along: x * right + y * down, across: Math.abs(x * down + y * right) }))
    .filter(({ along }) => along > 4)
    .sort((one, other) => one.along + 3 * one.across - (other.along + 3 * other.across));
  return steps[0]?.entry;
}

function centre(element) {
  const box = element.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}
