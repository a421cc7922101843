import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../../src/main/core/typesetting/index.ts';
import { errorOf, resourcesDir, sample, typeset } from './support.ts';

type Json = Record<string, unknown>;
const shipped = (): Json =>
  JSON.parse(readFileSync(join(resourcesDir, 'profiles/permendagri-1-2023.json'), 'utf8')) as Json;
const part = (json: Json, name: string): Json => json[name] as Json;

/** The shipped profile with one value replaced. */
function changed(group: string, name: string, value: unknown): string {
  const json = shipped();
  return JSON.stringify({ ...json, [group]: { ...part(json, group), [name]: value } });
}

describe('the regulation profile', () => {
  it('says what numbering needs', () => {
    const profile = loadProfile(resourcesDir, null);
    expect(profile.kinds['nota-dinas']).toMatchObject({
      label: 'Nota Dinas',
      register: 'nota-dinas',
      numberTemplate: '{classification}/{sequence}/ND/{unit}/{year}',
    });
    expect(profile.margins).toEqual({ top: 20, bottom: 25, left: 30, right: 20 });
  });

  it('can be replaced: paper and wording follow it', () => {
    const f4 = changed('paper', 'height', 330);
    expect(loadProfile(resourcesDir, f4).paper).toEqual({ width: 210, height: 330 });
    const pdf = Buffer.from(typeset(sample('nota-dinas'), f4).pdf).toString('latin1');
    expect(pdf).toMatch(/\/MediaBox ?\[0 0 595\.27\d* 935\.4\d*\]/);
  });

  it('names the post in the signature box only where it says so', () => {
    const { postInBox: _, ...silent } = part(shipped(), 'signature');
    const older = JSON.stringify({ ...shipped(), signature: silent });
    expect(loadProfile(resourcesDir, older).signature.postInBox).toBe(false);
    const asking = changed('signature', 'postInBox', true);
    expect(loadProfile(resourcesDir, asking).signature.postInBox).toBe(true);
  });

  const kind = { label: 'X', shape: 'letter', register: 'x', nameForm: 'plain' };
  it.each([
    ['margins.left', changed('margins', 'left', -3)],
    ['fonts.body', changed('fonts', 'body', 'Comic Sans MS')],
    ['sizes.unknown', changed('sizes', 'unknown', 3)],
    ['footer.certified', changed('footer', 'certified', 'Diterbitkan oleh BSrE.')],
    ['footer.uncertified', changed('footer', 'uncertified', 'Sertifikat {issuer}.')],
    ['footer.unsigned', changed('footer', 'unsigned', 'Balai Sertifikasi Elektronik')],
    [
      'kinds.nota-dinas.numberTemplate',
      changed('kinds', 'nota-dinas', { ...kind, numberTemplate: '1/{year}' }),
    ],
    [
      'kinds.nota-dinas.numberTemplate',
      changed('kinds', 'nota-dinas', { ...kind, numberTemplate: '{sequence}/{x}' }),
    ],
    ['JSON', '{'],
  ])('is refused with the field %s', (field, json) => {
    const error = errorOf(() => loadProfile(resourcesDir, json));
    expect(error.code).toBe('PROFILE_INVALID');
    expect(error.params).toEqual({ field });
    expect(errorOf(() => typeset(sample('nota-dinas'), json)).code).toBe('PROFILE_INVALID');
  });
});
