import { describe, expect, it } from 'vitest';
import {
  callNames,
  channelOf,
  commandLine,
  errorCodes,
  eventNames,
  languages,
  messageFor,
  messages,
  permissions,
} from '../../src/main/core/contract/index.ts';
import { schemas } from '../../src/main/ipc/schemas.ts';

describe('the message catalogue', () => {
  it('has a text for every code in every language, and none for codes that do not exist', () => {
    for (const language of languages) {
      expect(Object.keys(messages[language].errors).toSorted()).toEqual([...errorCodes].toSorted());
      for (const code of errorCodes) expect(messages[language].errors[code].trim()).not.toBe('');
    }
  });

  it('names the same parameters in both languages', () => {
    const names = (text: string): string[] =>
      [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted();
    for (const code of errorCodes)
      expect(names(messages.en.errors[code]), code).toEqual(names(messages.id.errors[code]));
    for (const key of Object.keys(messages.id.notices) as (keyof typeof messages.id.notices)[]) {
      expect(names(messages.en.notices[key]), key).toEqual(names(messages.id.notices[key]));
    }
    expect(Object.keys(commandLine.en)).toEqual(Object.keys(commandLine.id));
  });

  it('fills parameters and leaves unknown ones visible', () => {
    expect(messageFor('en', { code: 'PASSPHRASE_WEAK', params: { min: 12 } })).toContain('12 characters');
    expect(messageFor('id', { code: 'PASSPHRASE_WEAK' })).toContain('{min}');
  });
});

/** Not for the page: reachable from the desktop and the command line alone. */
const withPaths = [
  'addresses.export',
  'archive.exportTree',
  'archive.minutes',
  'archive.package',
  'audit.export',
  'authority.anchor',
  'authority.certificate',
  'authority.copy',
  'authority.leaflet',
  'authority.publish',
  'backup.setFolder',
  'backup.writeTo',
  'mydata.export',
  'registers.export',
  'services.addDriver',
  'templates.export',
  'vault.check',
  'vault.restore',
];

describe('the list of calls', () => {
  it('has a schema for each and an access rule for each that reaches core', () => {
    expect(Object.keys(schemas).toSorted()).toEqual([...callNames].toSorted());
    expect(Object.keys(permissions).toSorted()).toEqual(
      [...callNames.filter((name) => !name.startsWith('desktop.')), ...withPaths].toSorted(),
    );
  });

  it('is what the bridge offers: a change here is a change of the product', () => {
    expect([...callNames, ...eventNames].map(channelOf)).toMatchSnapshot();
  });
});
