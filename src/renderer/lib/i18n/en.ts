import { attachments } from './en/attachments.ts';
import { addresses } from './en/addresses.ts';
import { archive } from './en/archive.ts';
import { audit } from './en/audit.ts';
import { authority } from './en/authority.ts';
import { batch } from './en/batch.ts';
import { checking } from './en/checking.ts';
import { dispositions } from './en/dispositions.ts';
import { frame } from './en/frame.ts';
import { incoming } from './en/incoming.ts';
import { letters } from './en/letters.ts';
import { mydata } from './en/mydata.ts';
import { numbers } from './en/numbers.ts';
import { paper } from './en/paper.ts';
import { people } from './en/people.ts';
import { registers } from './en/registers.ts';
import { reminders } from './en/reminders.ts';
import { review } from './en/review.ts';
import { search } from './en/search.ts';
import { settings } from './en/settings.ts';
import { signing } from './en/signing.ts';
import { signers } from './en/signers.ts';
import { start } from './en/start.ts';
import { templates } from './en/templates.ts';
import { viewing } from './en/viewing.ts';
import { writing } from './en/writing.ts';
import type { Catalogue } from './id.ts';

/** Every English text of the page; the type holds it to the keys of the Indonesian one. */
export const en: Catalogue = {
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
