import { AppError } from '../contract/errors.ts';
import type { GatewayOrder, GatewaySettings } from '../contract/gateway.ts';
import type { SignatureReport, VerificationReport } from '../contract/verification.ts';
import { requireActive, signedFile, signRequest, statusRequest } from '../pki/index.ts';
import type { GatewayReply, GatewayRequest } from '../pki/index.ts';
import type { TrustedCertificate } from '../ports.ts';
import type { Context } from './context.ts';

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

/** A number that nobody has: enough to hear whether the gateway is there and knows the application's account. */
const nobody = '0000000000000000';

/** @throws AppError NETWORK_FAILED {host, reason}, GATEWAY_LOGIN_REFUSED, GATEWAY_REFUSED {status} */
export async function askGateway(context: Context, settings: GatewaySettings): Promise<void> {
  const { bytes, ...request } = statusRequest(nobody);
  // version 1 has no question that asks for nothing: any answer but a refused login shows that it is there
  const asked =
    settings.version === 2
      ? { bytes, ...request }
      : { ...request, path: '/api/user/status', bytes: Buffer.alloc(0) };
  const reply = await exchange(context, settings, asked, askTimeout, 64 * 1024);
  if (reply.status === 401 || reply.status === 403) throw new AppError('GATEWAY_LOGIN_REFUSED');
  if (reply.status >= 500) throw new AppError('GATEWAY_REFUSED', { status: reply.status });
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
