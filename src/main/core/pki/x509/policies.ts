import type { Certificate } from './certificate.ts';

/**
 * Certificate policies along a path (RFC 5280 §6.1), for a verifier that asks for none in particular: any policy
 * will do, but where a certificate on the path requires an explicit one, some policy must be valid for the whole
 * path. The valid policies of each step are kept as a set, as RFC 9618 does, since a tree can be made to explode.
 */

const anyPolicy = '2.5.29.32.0';
/** More than any real certificate names; beyond it nothing is valid. */
const maximumPolicies = 500;

/** @param path from the leaf to the anchor; the anchor's own policies do not count (§6.1.1). */
export function policiesHold(path: readonly Certificate[]): boolean {
  const certificates = path.slice(0, -1).reverse();
  const count = certificates.length;
  let valid: ReadonlySet<string> | null = new Set([anyPolicy]);
  let [explicit, mapping, inhibitAny] = [count + 1, count + 1, count + 1];
  for (const [index, certificate] of certificates.entries()) {
    const last = index === count - 1;
    const mayBeAny = inhibitAny > 0 || (!last && certificate.selfIssued);
    valid = valid && narrowed(valid, certificate.policies, mayBeAny);
    if (explicit === 0 && !valid) return false;
    const { requireExplicit, inhibitMapping } = certificate.policyConstraints ?? nothing;
    if (last) {
      // §6.1.5 (a), (b)
      if (explicit > 0) explicit -= 1;
      if (requireExplicit === 0) explicit = 0;
      break;
    }
    // §6.1.4 (a), (b), (h) to (j)
    if (certificate.policyMappings.some((pair) => pair.includes(anyPolicy))) return false;
    valid = valid && mapped(valid, certificate.policyMappings, mapping > 0);
    if (!certificate.selfIssued) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    explicit = Math.min(explicit, requireExplicit ?? explicit);
    mapping = Math.min(mapping, inhibitMapping ?? mapping);
    inhibitAny = Math.min(inhibitAny, certificate.inhibitAnyPolicy ?? inhibitAny);
  }
  return explicit > 0 || valid !== null;
}

const nothing = { requireExplicit: null, inhibitMapping: null } as const;

/** §6.1.3 (d), (e): what of the valid policies this certificate names; null for none. */
function narrowed(
  valid: ReadonlySet<string>,
  named: readonly string[] | null,
  mayBeAny: boolean,
): ReadonlySet<string> | null {
  if (!named || named.length > maximumPolicies) return null;
  const found = new Set(
    named.filter((policy) => policy !== anyPolicy && (valid.has(policy) || valid.has(anyPolicy))),
  );
  if (named.includes(anyPolicy) && mayBeAny) for (const policy of valid) found.add(policy);
  return found.size > 0 ? found : null;
}

/** §6.1.4 (b): the names that the next certificates will use for them; without mapping, mapped ones are dropped. */
function mapped(
  valid: ReadonlySet<string>,
  mappings: readonly (readonly [string, string])[],
  allowed: boolean,
): ReadonlySet<string> | null {
  if (mappings.length > maximumPolicies) return null;
  const found = new Set(valid);
  const had = (policy: string): boolean => valid.has(policy) || (allowed && valid.has(anyPolicy));
  for (const [from] of mappings) found.delete(from);
  if (allowed) for (const [from, to] of mappings) if (had(from)) found.add(to);
  return found.size > 0 ? found : null;
}
