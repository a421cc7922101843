import { children, content, DerError, inside, octets, readOuter, sequenceOf } from '../der/read.ts';
import type { Element } from '../der/read.ts';
import type { Certificate } from './certificate.ts';
import { nameKey, readName } from './name.ts';
import type { NameParts } from './name.ts';

/** Kinds of GeneralName (RFC 5280 §4.2.1.6) by the number of their tag. */
type Kind = 'email' | 'dns' | 'directory' | 'uri' | 'ip';
const kinds: Readonly<Record<number, Kind>> = { 1: 'email', 2: 'dns', 4: 'directory', 6: 'uri', 7: 'ip' };

interface GeneralName {
  /** null for a kind that is not understood here. */
  readonly kind: Kind | null;
  /** The tag's number, so that even what is not understood can be told apart. */
  readonly tag: number;
  readonly element: Element;
}

const emailAttribute = '1.2.840.113549.1.9.1';
const maximumChecks = 100_000;

/**
 * Do the names of the certificates below an issuer keep within its name constraints (RFC 5280 §4.2.1.10,
 * §6.1.4 (b), §6.1.3 (b), (c))? `unsupported` where a constraint is of a kind that is not understood and such
 * a name occurs.
 *
 * @param below from the leaf to the one right below; self-issued ones above the leaf are exempt.
 */
export function nameConstraintsHold(
  constraints: Uint8Array,
  below: readonly Certificate[],
): 'hold' | 'violated' | 'unsupported' {
  try {
    const parts = sequenceOf(readOuter(constraints));
    const trees = (tag: number): GeneralName[] =>
      parts.filter((part) => part.tag === tag).flatMap((part) => children(part).map(base));
    const [permitted, excluded] = [trees(0xa0), trees(0xa1)];
    let checks = 0;
    for (const [index, certificate] of below.entries()) {
      if (index > 0 && certificate.selfIssued) continue;
      for (const name of namesOf(certificate)) {
        checks += permitted.length + excluded.length;
        if (checks > maximumChecks) return 'unsupported';
        const same = (tree: GeneralName): boolean => tree.tag === name.tag;
        const [allowed, barred] = [permitted.filter(same), excluded.filter(same)];
        if (allowed.length + barred.length === 0) continue;
        if (name.kind === null) return 'unsupported';
        if (barred.some((tree) => within(name, tree))) return 'violated';
        if (allowed.length > 0 && !allowed.some((tree) => within(name, tree))) return 'violated';
      }
    }
    return 'hold';
  } catch (error) {
    if (error instanceof DerError) return 'unsupported';
    throw error;
  }
}

/** GeneralSubtree: only the base counts; a distance was never used and is refused (§4.2.1.10). */
function base(subtree: Element): GeneralName {
  const [name, ...distance] = sequenceOf(subtree);
  if (!name || distance.length > 0) throw new DerError('subtree with a distance');
  return generalName(name);
}

const generalName = (element: Element): GeneralName => {
  const tag = element.tag & 0x1f;
  return { kind: kinds[tag] ?? null, tag, element };
};

function namesOf(certificate: Certificate): GeneralName[] {
  const subject = readOuter(certificate.subjectDer);
  const found = certificate.subjectAltName
    ? sequenceOf(readOuter(certificate.subjectAltName)).map(generalName)
    : [];
  // An address in the subject counts as one where no other is given (§4.2.1.10).
  const addressed = found.some(({ kind }) => kind === 'email');
  const parts = readName(subject);
  if (parts.length > 0) found.push({ kind: 'directory', tag: 4, element: subject });
  if (!addressed && parts.flat().some(({ type }) => type === emailAttribute)) {
    found.push({ kind: 'email', tag: 1, element: subject });
  }
  return found;
}

const text = (element: Element): string => Buffer.from(content(element)).toString('latin1').toLowerCase();

/** The name of a directoryName, whether it stands under its explicit tag or is a subject itself. */
const directory = (element: Element): NameParts => readName(element.tag === 0x30 ? element : inside(element));

function within(name: GeneralName, tree: GeneralName): boolean {
  switch (name.kind) {
    case 'directory': {
      const wanted = directory(tree.element);
      const parts = directory(name.element);
      return wanted.length <= parts.length && nameKey(parts.slice(0, wanted.length)) === nameKey(wanted);
    }
    case 'dns':
      return hostWithin(text(name.element), text(tree.element), true);
    case 'email':
      return addresses(name.element).every((address) => addressWithin(address, text(tree.element)));
    case 'uri': {
      const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/.exec(text(name.element))?.[1];
      return host !== undefined && hostWithin(host, text(tree.element), false);
    }
    case 'ip':
      return addressInNetwork(octets(name.element), octets(tree.element));
    case null:
      return false;
  }
}

/** Below a host name, or exactly it; for URIs only a leading dot means what is below. */
function hostWithin(host: string, tree: string, below: boolean): boolean {
  if (tree === '' || host === tree) return true;
  if (tree.startsWith('.')) return host.endsWith(tree);
  return below && host.endsWith(`.${tree}`);
}

function addresses(element: Element): readonly string[] {
  if (element.tag !== 0x30) return [text(element)];
  return readName(element)
    .flat()
    .filter(({ type }) => type === emailAttribute)
    .map(({ value }) => value.toLowerCase());
}

function addressWithin(address: string, tree: string): boolean {
  if (tree.includes('@')) return address === tree;
  const host = address.slice(address.lastIndexOf('@') + 1);
  return hostWithin(host, tree, false);
}

/** The constraint is an address followed by a mask of the same length. */
function addressInNetwork(address: Uint8Array, network: Uint8Array): boolean {
  if (network.length !== 2 * address.length || address.length === 0) return false;
  return address.every((octet, at) => {
    const mask = network[address.length + at] ?? 0;
    return (octet & mask) === ((network[at] ?? 0) & mask);
  });
}
