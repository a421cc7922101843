import { randomBytes } from 'node:crypto';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { ServiceTest, TestedService } from '../contract/signing-services.ts';
import { requestTimestamp } from '../signing/index.ts';
import type { Context } from './context.ts';
import { askGateway } from './gateway.ts';
import { driversOf, gatewayOf, wantedLevel } from './signing-services.ts';
import { validationServices } from './validation-services.ts';

/** Tries a service as it is kept, with nothing of anybody's in the question. */
export async function test(context: Context, input: Input<'services.test'>): Promise<ServiceTest> {
  const { what } = input;
  try {
    return await tries[what](context);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const silent = error.code === 'NETWORK_FAILED' || error.code === 'TIMED_OUT';
    return { ...none(what), outcome: silent ? 'silent' : 'refused', error: error.toShape() };
  }
}

const none = (what: TestedService): ServiceTest => ({
  what,
  outcome: 'good',
  names: [],
  error: null,
  lowering: null,
});

const tries: Readonly<Record<TestedService, (context: Context) => Promise<ServiceTest>>> = {
  async tsa(context) {
    const { tsa } = wantedLevel(context);
    if (tsa === null) throw new AppError('NETWORK_NOT_CONFIGURED');
    const services = validationServices(context, tsa, context.trust.trusted());
    const { stamp, lowering } = await requestTimestamp(randomBytes(32), services);
    if (!stamp) return { ...none('tsa'), outcome: 'silent', lowering };
    const [authority] = stamp.path;
    return { ...none('tsa'), names: authority ? [authority.commonName] : [] };
  },
  async gateway(context) {
    const settings = gatewayOf(context);
    await askGateway(context, settings);
    return { ...none('gateway'), names: [new URL(settings.url).host] };
  },
  async tokens(context) {
    const found = [];
    for (const { path } of driversOf(context)) found.push(...(await listed(context, path)));
    return { ...none('tokens'), names: found.map(({ label, serial }) => label || serial) };
  },
};

/** One driver after the other: two of one maker may not share a reader. */
const listed = (context: Context, path: string): ReturnType<Context['ports']['tokens']['list']> =>
  context.ports.tokens.list(path);
