import { z } from 'zod';

/** What the page may send about what waits and the reminders of it. */
const nothing = z.strictObject({});
/** An hour to a quarter of a year. */
const hours = z.int().min(1).max(2160);

export const reminderSchemas = {
  'home.waiting': nothing,
  'home.total': nothing,
  'notices.markAllRead': nothing,
  'reminders.settings': nothing,
  'reminders.saveSettings': z.strictObject({
    targetHours: z.strictObject({ biasa: hours, segera: hours, 'amat-segera': hours }),
  }),
};
