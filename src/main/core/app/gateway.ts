import { AppError } from '../contract/errors.ts';
import type { GatewayOrder, GatewaySettings } from '../contract/gateway.ts';
import type { SignatureReport, VerificationReport } from '../contract/verification.ts';
import { requireActive, signedFile, signRequest, statusRequest } from '../pki/index.ts';
import type { GatewayReply, GatewayRequest } from '../pki/index.ts';
import type { TrustedCertificate } from '../ports.ts';
import type { Context } from './context.ts';
import { trialPage } from './trial-page.ts';

/**
 * Signing by a BSrE Esign Client Service. The gateway is another machine: what it gives back is kept only when it is
 * our file with a whole, covering signature behind it.
 */
const signTimeout = 90_000;
const askTimeout = 20_000;
const room = 4 * 1024 * 1024;

export interface GatewayResult {
  readonly pdf: Uint8Array;
  /** Of the new signature, as our own check reads it. */
  readonly signature: SignatureReport;
}

/**
 * @throws AppError GATEWAY_* as the contract words them, NETWORK_FAILED {host, reason}, BAD_REQUEST {field}. Nothing is
 *   kept then.
 */
export async function signByGateway(
  context: Context,
  settings: GatewaySettings,
  order: GatewayOrder,
  trust: readonly TrustedCertificate[],
): Promise<GatewayResult> {
  if (settings.version === 2) {
    requireActive(await exchange(context, settings, statusRequest(order.signer), askTimeout, 64 * 1024));
  }
  // base64 grows by a third
  const maximum = Math.ceil(order.pdf.length * 1.4) + room;
  const request = signRequest(settings.version, order);
  const pdf = signedFile(settings.version, await exchange(context, settings, request, signTimeout, maximum));
  return { pdf, signature: await judged(context, order.pdf, pdf, trust) };
}

/** A number that nobody has. */
const nobody = '0000000000000000';

/**
 * Is the gateway there, and does it know the application's account? Asked about nobody: version 2 for a status,
 * version 1, which has no such question, for a signature of nobody's under a page that says that it is a trial.
 * @throws AppError NETWORK_FAILED {host, reason}, GATEWAY_LOGIN_REFUSED, GATEWAY_REFUSED {status}
 */
export async function askGateway(context: Context, settings: GatewaySettings): Promise<void> {
  const { version } = settings;
  const order = { pdf: trialPage(), signer: nobody, passphrase: '-' };
  const nothing = { reason: null, location: null, visible: null };
  const request = version === 2 ? statusRequest(nobody) : signRequest(1, { ...order, ...nothing });
  const reply = await exchange(context, settings, request, askTimeout, 64 * 1024);
  try {
    if (version === 2) requireActive(reply);
    else signedFile(1, reply);
  } catch (error) {
    // it looked for the number: what was asked for
    if (error instanceof AppError && error.code === 'GATEWAY_NOT_REGISTERED') return;
    throw error;
  }
}

async function exchange(
  context: Context,
  settings: GatewaySettings,
  request: GatewayRequest,
  timeoutMs: number,
  maximumBytes: number,
): Promise<GatewayReply> {
  // a passphrase and a letter go there: never in the clear
  if (!URL.canParse(settings.url) || new URL(settings.url).protocol !== 'https:') {
    throw new AppError('BAD_REQUEST', { field: 'url' });
  }
  const login = Buffer.from(`${settings.user}:${settings.password}`).toString('base64');
  try {
    return await context.ports.net.exchange({
      url: new URL(request.path, settings.url).href,
      body: { type: request.type, bytes: request.bytes },
      accept: request.accept,
      maximumBytes,
      timeoutMs,
      authorization: `Basic ${login}`,
      anyStatus: true,
      ...(settings.authorities === null ? {} : { authorities: [settings.authorities] }),
    });
  } finally {
    request.bytes.fill(0);
  }
}

const refused = (reason: string): AppError => new AppError('GATEWAY_ANSWER_UNUSABLE', { reason });

async function judged(
  context: Context,
  before: Uint8Array,
  after: Uint8Array,
  trust: readonly TrustedCertificate[],
): Promise<SignatureReport> {
  const prefix = Buffer.compare(after.subarray(0, before.length), before) === 0;
  // append-only, else what the person read is not what was signed
  if (!prefix || after.length <= before.length) throw refused('CHANGED');
  const check = (bytes: Uint8Array): Promise<VerificationReport> =>
    context.ports.pool.run('verify', {
      file: '',
      bytes,
      trust,
      at: context.ports.clock.now().toISOString(),
      language: 'en',
      password: null,
    });
  const [earlier, report] = [await check(before), await check(after)];
  const added = report.signatures.filter(
    (one) => one.kind === 'signature' && !earlier.signatures.some((old) => old.field === one.field),
  );
  const [made] = added;
  if (!made || added.length > 1) throw refused('NO_SIGNATURE');
  // a gateway that signs at level LT adds its validation data behind the signature
  if (made.integrity !== true || !isQuiet(made)) throw refused('SIGNATURE');
  const spoiled = earlier.signatures.some((old) => {
    const now = report.signatures.find((one) => one.field === old.field);
    return old.integrity === true && (now?.integrity !== true || (isQuiet(old) && !isQuiet(now)));
  });
  if (spoiled) throw refused('EARLIER_SIGNATURE');
  return made;
}

const isQuiet = ({ changesAfter }: SignatureReport): boolean =>
  changesAfter === 'none' || changesAfter === 'permitted';
