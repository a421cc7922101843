import { audit } from './id/audit.ts';
import { authority } from './id/authority.ts';
import { batch } from './id/batch.ts';
import { checking } from './id/checking.ts';
import { frame } from './id/frame.ts';
import { letters } from './id/letters.ts';
import { mydata } from './id/mydata.ts';
import { paper } from './id/paper.ts';
import { people } from './id/people.ts';
import { settings } from './id/settings.ts';
import { signing } from './id/signing.ts';
import { signers } from './id/signers.ts';
import { start } from './id/start.ts';
import { viewing } from './id/viewing.ts';

/** Every Indonesian text of the page, by screen. Error texts live in the contract's catalogue, shared with the CLI. */
export const id = {
  ...frame,
  ...start,
  ...letters,
  ...batch,
  ...checking,
  ...settings,
  ...people,
  ...paper,
  ...mydata,
  ...audit,
  ...viewing,
  ...authority,
  ...signing,
  ...signers,
};

export type Catalogue = typeof id;
