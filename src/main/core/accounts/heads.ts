import type { UnitAddress } from '../contract/addresses.ts';
import type { Person, Unit } from '../contract/people.ts';
import type { ReadDb } from '../vault/index.ts';
import { listPeople } from './people.ts';
import { listUnits } from './units.ts';

/**
 * Posts that head a unit of a regency, by the beginning of their title, highest first (Permendagri 1/2023 addresses
 * letters to posts, and a unit's post is the one of its head).
 */
const heading: readonly RegExp[] = [
  /^bupati\b/,
  /^wakil bupati\b/,
  /^sekretaris daerah\b/,
  /^(inspektur|direktur|camat)(?! pembantu)\b/,
  /^kepala (dinas|badan|satuan|kantor|pelaksana)\b/,
  /^asisten\b/,
  /^(lurah|kepala (desa|kelurahan|puskesmas|sekolah|upt|uptd|bagian))\b/,
  /^kepala bidang\b/,
  /^(kepala|ketua|pimpinan)\b/,
  /^sekretaris\b/,
];

/** Units that a "Kepala" heads; of others the unit itself is addressed while nobody holds the post. */
const headedByKepala =
  /^(dinas|badan|satuan|kantor|bagian|bidang|seksi|sub ?bagian|sub ?bidang|upt|uptd|puskesmas)\b/i;

function rank(title: string, unit: Unit): number {
  const folded = title.toLowerCase();
  if (folded === `kepala ${unit.name.toLowerCase()}`) return -1;
  const at = heading.findIndex((pattern) => pattern.test(folded));
  return at < 0 ? heading.length : at;
}

/**
 * Whom a letter to a unit reaches. Of several who hold the same post a definitif one comes before one who acts.
 * @param day plain date that decides which posts are valid.
 */
export function unitAddresses(db: ReadDb, day: string): UnitAddress[] {
  const people = listPeople(db, day).filter((person) => !person.revoked);
  return listUnits(db).map((unit) => addressOf(unit, people));
}

function addressOf(unit: Unit, people: readonly Person[]): UnitAddress {
  const { code, name } = unit;
  const [head] = people
    .flatMap((person) =>
      person.posts
        .filter((post) => post.valid && post.unit === code && rank(post.title, unit) < heading.length)
        .map((post) => ({ person, post })),
    )
    .toSorted(
      (one, other) =>
        rank(one.post.title, unit) - rank(other.post.title, unit) ||
        Number(other.post.status === 'definitif') - Number(one.post.status === 'definitif'),
    );
  if (head) {
    const addressee = { accountId: head.person.accountId, name: head.post.printed, place: '' };
    return { code, name, through: 'head', addressee };
  }
  const printed = headedByKepala.test(name) ? `Kepala ${name}` : name;
  const registrar = people.find(
    (person) =>
      person.roles.includes('registrar') && person.posts.some((post) => post.valid && post.unit === code),
  );
  return {
    code,
    name,
    through: registrar ? 'registrar' : 'nobody',
    addressee: { accountId: registrar?.accountId ?? null, name: printed, place: '' },
  };
}
