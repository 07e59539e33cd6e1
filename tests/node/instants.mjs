// Reads a calendar file as ical.js does and prints, as JSON, each component's instants in milliseconds.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const MOST_OCCURRENCES = 60;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));

// Only the zone written in the file may be used: what it says is what is on trial.
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}

const instant = (time) => (time.isDate ? time.toString() : time.toUnixTime() * 1000);

function occurrences(event) {
  if (!event.isRecurring()) return [instant(event.startDate)];
  const found = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next && found.length < MOST_OCCURRENCES; next = iterator.next()) {
    found.push(instant(event.getOccurrenceDetails(next).startDate));
  }
  return found;
}

function read(component) {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    of: event.recurrenceId && instant(event.recurrenceId),
    title: event.summary,
    location: event.location,
    starts: instant(event.startDate),
    ends: instant(event.endDate),
    occurrences: occurrences(event),
    sequence: event.sequence,
    status: component.getFirstPropertyValue("status"),
    attendees: event.attendees.map((property) => property.getFirstValue()),
  };
}

const events = calendar.getAllSubcomponents("vevent").map(read);
const kinds = calendar.getAllSubcomponents().map((component) => component.name);
const name = calendar.getFirstPropertyValue("x-wr-calname");
const method = calendar.getFirstPropertyValue("method");
process.stdout.write(JSON.stringify({ name, method, kinds, events }));
