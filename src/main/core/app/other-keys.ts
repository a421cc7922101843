import type { ToolCalls } from '../contract/tools.ts';
import { AppError } from '../contract/errors.ts';
import { checkSigningCertificate, issuersAbove, readAllCertificates, tokenSigner } from '../pki/index.ts';
import type { Certificate } from '../pki/index.ts';
import type { Context } from './context.ts';
import { signByGateway } from './gateway.ts';
import { requireAuthority, signWith, wishOf } from './tools.ts';
import { chosenTrust } from './validation-services.ts';

/** Keys that are not ours to hold: on a token, or behind the office's gateway. */
type In<N extends keyof ToolCalls> = ToolCalls[N]['input'];
type Out<N extends keyof ToolCalls> = ToolCalls[N]['output'];

export async function tokens(context: Context, input: In<'tool.tokens'>): Promise<Out<'tool.tokens'>> {
  return { tokens: await context.ports.tokens.list(input.driver) };
}

/** @throws AppError TOKEN_*, CERTIFICATE_*, KEY_UNSUPPORTED, and what signing throws; then nothing was signed. */
export async function tokenSign(
  context: Context,
  input: In<'tool.tokenSign'>,
): Promise<Out<'tool.tokenSign'>> {
  requireAuthority(input.options);
  const plugged = await context.ports.tokens.list(input.driver);
  const offered = plugged
    .filter((one) => input.token === null || one.serial === input.token)
    .flatMap((token) =>
      readAllCertificates(token.certificates).map((certificate) => ({ token, certificate })),
    )
    .filter(({ certificate }) => input.certificate === null || certificate.serial === input.certificate);
  const usable = offered.filter(({ certificate }) => maySign(certificate, context.ports.clock.now()));
  // nobody's letter is signed with a certificate that was guessed
  if (usable.length > 1) throw new AppError('TOKEN_KEY_AMBIGUOUS');
  const chosen = usable[0] ?? offered[0];
  if (!chosen) throw new AppError(plugged.length > 0 ? 'TOKEN_KEY_MISSING' : 'TOKEN_ABSENT');
  const { token, certificate } = chosen;
  // before the PIN is spent: a certificate that may not sign
  checkSigningCertificate(certificate, context.ports.clock.now());
  const { driver, pin } = input;
  const key = await context.ports.tokens.open({
    driver,
    serial: token.serial,
    certificate: certificate.der,
    pin,
  });
  try {
    const beside = readAllCertificates([...token.certificates, ...token.others]);
    const chain = issuersAbove(certificate, beside).map((one) => one.der);
    const signer = tokenSigner(key, certificate.der, chain, wishOf(input.options));
    return await signWith(context, signer, input);
  } finally {
    key.close();
  }
}

function maySign(certificate: Certificate, now: Date): boolean {
  try {
    checkSigningCertificate(certificate, now);
    return true;
  } catch {
    return false;
  }
}

export function gatewaySign(
  context: Context,
  input: In<'tool.gatewaySign'>,
): Promise<Out<'tool.gatewaySign'>> {
  return signByGateway(context, input.settings, input.order, chosenTrust(context, input.trust));
}
