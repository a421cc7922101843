import { describe, expect, it } from 'vitest';
import { printedSigner } from '../../../src/main/core/accounts/index.ts';
import type { Person, Post } from '../../../src/main/core/contract/people.ts';

const post = (id: string, printed: string, valid = true): Post => ({
  id,
  status: 'definitif',
  title: printed,
  printed,
  unit: 'ORG',
  from: '2026-01-01',
  until: null,
  valid,
});
const person: Person = {
  accountId: 'siti',
  username: 'siti',
  name: 'Siti Rahmawati',
  frontTitle: 'Dr.',
  backTitle: 'M.T.I.',
  nip: '19800101 200501 2 001',
  rank: 'Pembina (IV/a)',
  post: 'Kepala Dinas',
  unit: 'ORG',
  roles: ['signer'],
  posts: [post('own', 'Kepala Dinas'), post('plt', 'Plt. Sekretaris'), post('old', 'Camat', false)],
  revoked: false,
  activated: true,
};

describe('a signer as printed', () => {
  it('is named by the post chosen, else by the main one', () => {
    expect(printedSigner(person, null, null)).toEqual({
      official: {
        name: 'Siti Rahmawati',
        frontTitle: 'Dr.',
        backTitle: 'M.T.I.',
        nip: '19800101 200501 2 001',
        rank: 'Pembina (IV/a)',
        post: 'Kepala Dinas',
        unit: 'ORG',
      },
      behalf: null,
    });
    expect(printedSigner(person, 'plt', null).official.post).toBe('Plt. Sekretaris');
  });

  it('not by one that is over or unknown', () => {
    for (const id of ['old', 'other'])
      expect(() => printedSigner(person, id, null)).toThrow(
        expect.objectContaining({ code: 'POST_MISSING' }) as Error,
      );
  });

  it('acts for somebody only where somebody is named', () => {
    expect(printedSigner(person, null, { principal: ' Bupati ', through: ' ' }).behalf).toEqual({
      principal: 'Bupati',
      through: '',
    });
    expect(printedSigner(person, null, { principal: ' ', through: 'Sekretaris' }).behalf).toBeNull();
  });
});
