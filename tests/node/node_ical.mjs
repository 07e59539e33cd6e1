// Reads a calendar file as node-ical does and prints, as JSON, each event's instants in milliseconds.
import { readFileSync } from "node:fs";
import ical from "node-ical";

const found = [];

function say(event, of = null) {
  found.push({
    uid: event.uid,
    of: of && of.getTime(),
    day: event.datetype === "date",
    starts: event.start.getTime(),
    ends: event.end.getTime(),
    status: event.status,
  });
}

for (const event of Object.values(ical.sync.parseICS(readFileSync(0, "utf8")))) {
  if (event.type !== "VEVENT") continue;
  say(event);
  const moved = new Set(Object.values(event.recurrences ?? {}));
  for (const one of moved) say(one, one.recurrenceid);
}
process.stdout.write(JSON.stringify(found));
