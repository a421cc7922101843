import { describe, expect, it } from 'vitest';
import type { LetterContent, Person, Post, Role } from '../../../src/main/core/contract/index.ts';
import {
  behalfOf,
  maySign,
  mayVouch,
  moved,
  postsOfOffice,
  reviewOf,
  signersOf,
  withReview,
  withSigners,
} from '../../../src/renderer/lib/signers.ts';
import { letterContent } from '../../fixtures/engine.ts';

const post = (title: string, valid = true): Post => ({
  id: title,
  status: 'plt',
  title,
  printed: `Plt. ${title}`,
  unit: 'ORG',
  from: '2026-01-01',
  until: null,
  valid,
});
const person = (accountId: string, roles: readonly Role[], more: Partial<Person> = {}): Person => ({
  accountId,
  username: accountId,
  name: accountId,
  frontTitle: '',
  backTitle: '',
  nip: '',
  rank: '',
  post: 'Camat',
  unit: 'ORG',
  roles,
  posts: [],
  revoked: false,
  activated: true,
  ...more,
});
const siti = person('siti', ['signer']);
const content: LetterContent = { ...letterContent('Uji'), postId: 'own' };
const alone = { accountId: 'siti', postId: 'own', behalf: null };
const agus = { accountId: 'agus', postId: null, behalf: null };

describe('who signs', () => {
  it('is the author alone while nobody is named, if they may', () => {
    expect(signersOf(content, siti)).toEqual([alone]);
    expect(signersOf({ ...content, signers: [] }, siti)).toEqual([alone]);
    expect(signersOf(content, person('siti', ['drafter']))).toEqual([]);
    expect(signersOf({ ...content, signers: [agus] }, siti)).toEqual([agus]);
  });

  it('is not listed where it is the author alone, in their own name', () => {
    const two = withSigners(content, [alone, agus], 'siti');
    expect(two.signers).toEqual([alone, agus]);
    const back = withSigners(two, [{ ...alone, postId: 'plt' }], 'siti');
    expect(back).not.toHaveProperty('signers');
    expect(back.postId).toBe('plt');
    const behalf = behalfOf('Bupati', '');
    expect(withSigners(content, [{ ...alone, behalf }], 'siti').signers).toHaveLength(1);
    expect(withSigners(content, [agus], 'siti').signers).toEqual([agus]);
    expect(withSigners(two, [], 'siti')).not.toHaveProperty('signers');
  });

  it('acts for nobody where the post is empty', () => {
    expect(behalfOf('', 'Sekretaris Daerah')).toBeNull();
    expect(behalfOf('Bupati', 'Sekretaris Daerah')).toEqual({
      principal: 'Bupati',
      through: 'Sekretaris Daerah',
    });
  });

  it('needs the role, an account in use, and no revocation', () => {
    expect([siti, person('x', ['reviewer'])].map(maySign)).toEqual([true, false]);
    expect([siti, person('x', ['reviewer']), person('y', ['drafter'])].map(mayVouch)).toEqual([
      true,
      true,
      false,
    ]);
    expect(maySign({ ...siti, revoked: true }) || mayVouch({ ...siti, activated: false })).toBe(false);
  });
});

describe('who is asked before', () => {
  it('is not in the letter where nobody is', () => {
    const plan = { hierarchy: ['agus'], coordination: ['made'] };
    const asking = withReview(content, plan);
    expect(reviewOf(asking)).toEqual(plan);
    expect(reviewOf(content)).toEqual({ hierarchy: [], coordination: [] });
    expect(withReview(asking, { hierarchy: [], coordination: [] })).not.toHaveProperty('review');
  });
});

describe('an order', () => {
  it('is changed one place at a time, and not beyond its ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 5, 0)).toEqual(['a', 'b']);
  });
});

it('posts of the office are those of today, once, without how they are held', () => {
  const people = [
    person('a', [], { posts: [post('Sekretaris Daerah'), post('Camat', false)] }),
    person('b', [], { posts: [post('Bupati'), post('Sekretaris Daerah')] }),
    person('c', [], { posts: [post('Asisten')], revoked: true }),
  ];
  expect(postsOfOffice(people)).toEqual(['Bupati', 'Sekretaris Daerah']);
});
