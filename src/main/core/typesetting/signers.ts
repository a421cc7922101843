import { z } from 'zod';
import type { Official, PrintedSigner, TypesetLetter } from '../contract/index.ts';
import type { KindRules } from './kind-rules.ts';

/** How those who sign are named on the page (Permendagri 1/2023 Ps. 44), and on whose behalf. */

const wording = z.string().min(1).max(400);
/** `plain`: the name alone; `titles`: with titles; `full`: rank and NIP besides. */
const form = z.enum(['plain', 'titles', 'full']);

/** Which posts are named otherwise than by name, titles, rank and NIP. A post is meant by the words it begins with. */
export const signerRules = z.strictObject({
  /** Words before a post that is held for the time being. */
  acting: z.array(wording).max(20).default(['Plt.', 'Plh.', 'Pj.', 'Pjs.']),
  posts: z
    .array(
      z.strictObject({
        beginning: z.array(wording).min(1).max(40),
        definitive: form,
        acting: form.default('full'),
      }),
    )
    .max(20)
    .default([]),
  /** Where the first of several stands; the second beside, a last odd one in the middle. */
  first: z.enum(['right', 'left']).default('right'),
  /** In the title of what several decide: "KEPUTUSAN BERSAMA …". */
  together: wording.default('Bersama'),
});
type SignerRules = Readonly<z.infer<typeof signerRules>>;
type NameForm = z.infer<typeof form>;

/** One block of the page, words only; what is empty is not printed. */
interface SignerView {
  /** Such as "PIHAK PERTAMA". */
  readonly party: string;
  /** After "a.n.", and over "u.b.". */
  readonly principal: string;
  readonly through: string;
  readonly post: string;
  readonly name: string;
  readonly rank: string;
  readonly nip: string;
}

/** In order; of a letter that names no `signers`, the one signer by the form of the kind alone. */
export function signerViews(
  letter: TypesetLetter,
  kind: KindRules,
  rules: SignerRules,
): readonly SignerView[] {
  const { signers } = letter;
  if (!signers || signers.length === 0)
    return [view(letter.signer, kind.nameForm === 'plain' ? 'plain' : 'full')];
  const parties = kind.parties && kind.parties.length === signers.length ? kind.parties : [];
  return signers.map(({ official, behalf }, index) => {
    const shown = view(official, kind.nameForm === 'plain' ? 'plain' : nameForm(official.post, rules));
    const { principal, through } = behalf ?? { principal: '', through: '' };
    return {
      ...shown,
      party: parties[index] ?? '',
      principal,
      // "u.b." continues an "a.n."
      through: principal === '' ? '' : through,
    };
  });
}

function view(official: Official, named: NameForm): SignerView {
  return {
    party: '',
    principal: '',
    through: '',
    post: official.post,
    name: fullName(official, named),
    rank: named === 'full' ? official.rank : '',
    nip: named === 'full' ? official.nip : '',
  };
}

function nameForm(post: string, rules: SignerRules): NameForm {
  const acting = rules.acting.find((word) => begins(post, word));
  const held = (acting === undefined ? post : post.trim().slice(acting.length)).trim();
  const rule = rules.posts.find(({ beginning }) => beginning.some((word) => begins(held, word)));
  if (!rule) return 'full';
  return acting === undefined ? rule.definitive : rule.acting;
}

/** Whole words, whatever their case: "Bupati" begins "BUPATI Lampung Timur" and not "Bupatian". */
function begins(text: string, words: string): boolean {
  const [given, wanted] = [text, words].map((one) => one.trim().replaceAll(/\s+/g, ' ').toLowerCase());
  return given !== undefined && wanted !== undefined && `${given} `.startsWith(`${wanted} `);
}

function fullName(signer: Official, named: NameForm): string {
  if (named === 'plain') return signer.name;
  const front = [signer.frontTitle, signer.name].filter((part) => part !== '').join(' ');
  return signer.backTitle === '' ? front : `${front}, ${signer.backTitle}`;
}

/** Whose decision it is, as its title says: whom they sign for, else themselves; several together. */
export function deciders(letter: TypesetLetter, rules: SignerRules): string {
  const signers: readonly PrintedSigner[] = letter.signers ?? [];
  if (signers.length === 0) return letter.signer.post;
  const posts = signers.map(({ official, behalf }) => behalf?.principal || official.post);
  const last = posts.at(-1) ?? '';
  if (posts.length === 1) return last;
  return `${rules.together} ${posts.slice(0, -1).join(', ')} dan ${last}`;
}
