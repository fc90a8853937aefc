// Reads calendars as another program does: [{text, from, to}] on stdin, moments in seconds since 1970 (UTC).
// Says for each: [{uid, start, end}], in order, every occurrence that starts in [from, to). It knows no zone but those
// that the calendar itself describes.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const SLACK = 400 * 86400; // an occurrence that was moved stands where it was planned; nobody moves one further

function read({ text, from, to }) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const entries = calendar.getAllSubcomponents("vevent");
  const found = [];
  for (const main of entries.filter((entry) => !entry.hasProperty("recurrence-id"))) {
    const uid = main.getFirstPropertyValue("uid");
    const exceptions = entries.filter(
      (entry) => entry.hasProperty("recurrence-id") && entry.getFirstPropertyValue("uid") === uid,
    );
    const event = new ICAL.Event(main, { exceptions, strictExceptions: true });
    const times = event.iterator();
    for (let planned = times.next(); planned && planned.toUnixTime() < to + SLACK; planned = times.next()) {
      const { startDate, endDate } = event.getOccurrenceDetails(planned);
      const [start, end] = [startDate.toUnixTime(), endDate.toUnixTime()];
      if (start >= from && start < to) found.push({ uid, start, end });
    }
  }
  return found.sort((one, other) => one.start - other.start || (one.uid < other.uid ? -1 : 1));
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
