import { attachments } from './id/attachments.ts';
import { addresses } from './id/addresses.ts';
import { archive } from './id/archive.ts';
import { audit } from './id/audit.ts';
import { authority } from './id/authority.ts';
import { batch } from './id/batch.ts';
import { checking } from './id/checking.ts';
import { dispositions } from './id/dispositions.ts';
import { frame } from './id/frame.ts';
import { incoming } from './id/incoming.ts';
import { letters } from './id/letters.ts';
import { mydata } from './id/mydata.ts';
import { numbers } from './id/numbers.ts';
import { paper } from './id/paper.ts';
import { people } from './id/people.ts';
import { registers } from './id/registers.ts';
import { reminders } from './id/reminders.ts';
import { review } from './id/review.ts';
import { search } from './id/search.ts';
import { settings } from './id/settings.ts';
import { signing } from './id/signing.ts';
import { signers } from './id/signers.ts';
import { start } from './id/start.ts';
import { templates } from './id/templates.ts';
import { viewing } from './id/viewing.ts';
import { writing } from './id/writing.ts';

/** Every Indonesian text of the page, by screen. Error texts live in the contract's catalogue, shared with the CLI. */
export const id = {
  ...frame,
  ...start,
  ...letters,
  ...incoming,
  ...attachments,
  ...batch,
  ...addresses,
  ...checking,
  ...settings,
  ...people,
  ...numbers,
  ...registers,
  ...archive,
  ...search,
  ...paper,
  ...mydata,
  ...audit,
  ...viewing,
  ...authority,
  ...signing,
  ...review,
  ...dispositions,
  ...reminders,
  ...signers,
  ...writing,
  ...templates,
};

export type Catalogue = typeof id;
