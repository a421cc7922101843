import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as read from '../../../src/main/core/pki/der/read.ts';
import * as write from '../../../src/main/core/pki/der/write.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const outer = (text: string): read.Element => read.readOuter(hex(text));

describe('reading', () => {
  it('takes indefinite lengths and constructed octet strings', () => {
    const element = outer('30 80 24 80 04 02 0102 04 01 03 00 00 02 01 05 00 00');
    const [string, number] = read.children(element);
    expect(Buffer.from(read.octetString(string))).toEqual(hex('010203'));
    expect(read.smallInteger(number)).toBe(5);
    expect(element.end).toBe(18);
  });

  it('takes zero padding behind the element, and nothing else', () => {
    expect(read.raw(outer('02 01 05 00 00 00'))).toHaveLength(3);
    expect(() => outer('02 01 05 00 01')).toThrow(read.DerError);
  });

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['content beyond the end', '30 05 02 01 05'],
    ['a length of five octets', '30 85 01 00 00 00 00'],
    ['a length cut off', '30 82 01'],
    ['an indefinite length that never ends', '30 80 02 01 05'],
    ['an indefinite length of a primitive', '04 80 01 02 00 00'],
    ['a high tag number', '3f 81 00 00'],
  ])('refuses %s', (_, bytes) => {
    expect(() => outer(bytes)).toThrow(read.DerError);
  });

  it('refuses a child that reaches beyond its parent', () => {
    expect(() => read.children(read.readOuter(hex('30 03 04 03 01 02 03 04'.slice(0, 17))))).toThrow(
      read.DerError,
    );
    expect(() => read.children(outer('30 03 02 02 01'))).toThrow(read.DerError);
  });

  it('refuses deep nesting without running out of stack', () => {
    const deep = Buffer.concat([Buffer.alloc(200_000, Buffer.of(0x30, 0x80)), Buffer.alloc(200_000)]);
    expect(() => read.readOuter(deep)).toThrow(read.DerError);
  });

  it.each([
    ['an indefinite length', '30 80 00 00'],
    ['a length in long form without need', '30 81 03 02 01 05'],
  ])('strict mode refuses %s', (_, bytes) => {
    expect(() => read.readOuter(hex(bytes), { strict: true })).toThrow(read.DerError);
  });

  it('strict mode refuses an integer with a needless octet', () => {
    for (const bytes of ['02 02 00 51', '02 02 ff 80']) {
      expect(() => read.integerHex(read.readOuter(hex(bytes), { strict: true }))).toThrow(read.DerError);
    }
    expect(read.integerHex(read.readOuter(hex('02 02 00 81'), { strict: true }))).toBe('81');
  });

  it.each([
    ['17 0d', '260102030405Z', '2026-01-02T03:04:05.000Z'],
    ['17 0d', '500102030405Z', '1950-01-02T03:04:05.000Z'],
    ['17 0b', '2601020304Z', '2026-01-02T03:04:00.000Z'],
    ['17 0c', '260102030405', '2026-01-02T03:04:05.000Z'],
    ['17 11', '260102030405+0700', '2026-01-01T20:04:05.000Z'],
    ['18 0f', '20510102030405Z', '2051-01-02T03:04:05.000Z'],
    ['18 13', '20510102030405.250Z', '2051-01-02T03:04:05.250Z'],
  ])('reads the time %s %s', (header, text, iso) => {
    expect(read.time(read.readOuter(Buffer.concat([hex(header), Buffer.from(text)]))).toISOString()).toBe(
      iso,
    );
  });

  it.each(['261302030405Z', '260230030405Z', '260102250405Z', 'YYMMDDHHMMSSZ'])(
    'refuses the time %s',
    (text) => {
      expect(() => read.time(read.readOuter(Buffer.concat([hex('17 0d'), Buffer.from(text)])))).toThrow(
        read.DerError,
      );
    },
  );

  it('never throws anything but DerError on random bytes', () => {
    const walk = (element: read.Element): void => {
      if (element.tag & 0x20) for (const child of read.children(element)) walk(child);
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          walk(read.readOuter(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(read.DerError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writing', () => {
  it('lengths of every form', () => {
    for (const size of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const element = read.readOuter(write.octetStringOf(Buffer.alloc(size, 1)), { strict: true });
      expect(read.content(element)).toHaveLength(size);
    }
  });

  it('object identifiers round trip', () => {
    for (const oid of [
      '1.2.840.113549.1.9.16.2.47',
      '2.16.840.1.101.3.4.2.1',
      '0.4.0.127.0.7',
      '2.999.3',
      '1.0',
    ]) {
      expect(read.oid(read.readOuter(write.objectIdentifier(oid)))).toBe(oid);
    }
    expect(write.objectIdentifier('1.2.840.113549')).toEqual(hex('06 06 2a 86 48 86 f7 0d'));
  });

  it('integers are minimal and never negative', () => {
    expect(write.integer(0)).toEqual(hex('02 01 00'));
    expect(write.integer(127)).toEqual(hex('02 01 7f'));
    expect(write.integer(128)).toEqual(hex('02 02 00 80'));
    expect(write.integer(hex('00 00 ff'))).toEqual(hex('02 02 00 ff'));
  });

  it('SET OF is sorted', () => {
    expect(write.setOfSorted(write.integer(3), write.integer(1), write.integer(2))).toEqual(
      hex('31 09 02 01 01 02 01 02 02 01 03'),
    );
  });

  it('times change their form in 2050', () => {
    expect(write.timeOf(new Date('2049-12-31T23:59:59Z'))[0]).toBe(0x17);
    expect(write.timeOf(new Date('2050-01-01T00:00:00Z'))[0]).toBe(0x18);
    const iso = '2050-01-01T00:00:00.000Z';
    expect(read.time(read.readOuter(write.timeOf(new Date(iso)))).toISOString()).toBe(iso);
  });
});
