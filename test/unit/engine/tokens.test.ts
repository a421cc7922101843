import { describe, expect, it, vi } from 'vitest';
import { AppError, valueOf } from '../../../src/main/core/contract/index.ts';
import { DriverRefusal } from '../../../src/main/engine/token/driver.ts';
import { errandTokens, tokenDesk } from '../../../src/main/engine/token/errands.ts';
import type { TokenRequest } from '../../../src/main/engine/token/protocol.ts';
import { refusalOf } from '../../../src/main/engine/token/refusals.ts';
import { createTokens } from '../../../src/main/engine/tokens.ts';
import type { LaunchedProcess } from '../../../src/main/engine/launcher.ts';

/** A token's process that hangs, dies or answers: the letter is refused in plain words, never half signed. */
interface Fake extends LaunchedProcess {
  readonly asked: TokenRequest[];
  killed: boolean;
  say(message: unknown): void;
  exit(): void;
}

function fakeProcess(): Fake {
  const listeners: { message?: (message: unknown) => void; exit?: () => void } = {};
  const fake: Fake = {
    asked: [],
    killed: false,
    post: (message) => void fake.asked.push(message as TokenRequest),
    onMessage: (listener) => void (listeners.message = listener),
    onExit: (listener) => void (listeners.exit = listener),
    kill: () => void (fake.killed = true),
    say: (message) => listeners.message?.(message),
    exit: () => listeners.exit?.(),
  };
  return fake;
}

const request = { driver: '/x.so', serial: '1', certificate: new Uint8Array(), pin: 'rahasia' };
const rsa = { kind: 'rsa-pkcs1', digest: 'sha256' } as const;

async function opened() {
  const process = fakeProcess();
  const opening = createTokens({ launcher: () => process, entry: 'x', timeoutMs: 1000 }).open(request);
  process.say({ id: 1, result: { ok: true, value: null } });
  return { process, key: await opening };
}

describe('a token process', () => {
  it('that dies while signing means a token that is gone', async () => {
    const { process, key } = await opened();
    const signing = key.sign(rsa, Buffer.from('surat'));
    process.exit();
    await expect(signing).rejects.toMatchObject({ code: 'TOKEN_REMOVED' });
    await expect(key.sign(rsa, Buffer.from('surat'))).rejects.toMatchObject({ code: 'TOKEN_REMOVED' });
  });

  it('that hangs is killed', async () => {
    const { process, key } = await opened();
    vi.useFakeTimers();
    try {
      const signing = key.sign(rsa, Buffer.from('surat'));
      const refused = expect(signing).rejects.toMatchObject({ code: 'TIMED_OUT' });
      await vi.advanceTimersByTimeAsync(1001);
      await refused;
    } finally {
      vi.useRealTimers();
    }
    expect(process.killed).toBe(true);
    await expect(key.sign(rsa, Buffer.from('surat'))).rejects.toMatchObject({ code: 'TOKEN_REMOVED' });
  });

  it('is ended when the PIN is refused, and hands the refusal on', async () => {
    const process = fakeProcess();
    const opening = createTokens({ launcher: () => process, entry: 'x' }).open(request);
    process.say({ id: 1, result: { ok: false, error: { code: 'TOKEN_PIN_LAST_TRY' } } });
    await expect(opening).rejects.toMatchObject({ code: 'TOKEN_PIN_LAST_TRY' });
    expect(process.killed).toBe(true);
  });

  it('gets the PIN once', async () => {
    const { process, key } = await opened();
    const signing = key.sign(rsa, Buffer.from('surat'));
    process.say({ id: 2, result: { ok: true, value: Buffer.from('nilai') } });
    expect(await signing).toEqual(Buffer.from('nilai'));
    expect(process.asked.filter((one) => JSON.stringify(one).includes('rahasia'))).toHaveLength(1);
  });
});

describe('refusalOf', () => {
  const here = { present: true, pinLocked: false, pinFinalTry: false };
  it.each([
    ['CKR_PIN_INCORRECT', 0xa0n, here, 'TOKEN_PIN_WRONG'],
    ['CKR_PIN_INCORRECT, one try left', 0xa0n, { ...here, pinFinalTry: true }, 'TOKEN_PIN_LAST_TRY'],
    ['CKR_PIN_INCORRECT, that was the last', 0xa0n, { ...here, pinLocked: true }, 'TOKEN_PIN_LOCKED'],
    ['CKR_PIN_LOCKED', 0xa4n, here, 'TOKEN_PIN_LOCKED'],
    ['CKR_DEVICE_REMOVED', 0x32n, here, 'TOKEN_REMOVED'],
    ['CKR_GENERAL_ERROR of a card that is gone', 0x5n, { ...here, present: false }, 'TOKEN_REMOVED'],
    ['CKR_GENERAL_ERROR', 0x5n, here, 'TOKEN_FAILED'],
    ['CKR_FUNCTION_NOT_SUPPORTED', 0x54n, here, 'TOKEN_FAILED'],
  ] as const)('%s', (_, value, state, code) => {
    expect(refusalOf(new DriverRefusal('C_Sign', value), () => state)).toMatchObject({ code });
  });

  it('leaves other errors as they are', () => {
    const error = new Error('x');
    expect(refusalOf(error, () => here)).toBe(error);
  });
});

describe('tokens across the processes of the desktop', () => {
  const summary = { serial: '1', label: 'x', model: 'y', pinLocked: false, certificates: [], others: [] };

  function across() {
    const closed: string[] = [];
    const desk = tokenDesk({
      list: async () => [summary],
      open: async ({ serial }) => {
        if (serial !== '1') throw new AppError('TOKEN_ABSENT');
        return {
          sign: async (_, data) => Buffer.concat([Buffer.from('nilai:'), data]),
          close: () => void closed.push(serial),
        };
      },
    });
    const tokens = errandTokens(async (errand) => valueOf(await desk.perform(structuredClone(errand))));
    return { desk, tokens, closed };
  }

  it('lists, opens, signs and closes', async () => {
    const { tokens, closed } = across();
    expect(await tokens.list('/x.so')).toEqual([summary]);
    const key = await tokens.open(request);
    expect(Buffer.from(await key.sign(rsa, Buffer.from('a'))).toString()).toBe('nilai:a');
    key.close();
    await expect(key.sign(rsa, Buffer.from('a'))).rejects.toMatchObject({ code: 'TOKEN_REMOVED' });
    expect(closed).toEqual(['1']);
    await expect(tokens.open({ ...request, serial: '2' })).rejects.toMatchObject({ code: 'TOKEN_ABSENT' });
  });

  it('ends every key when the core process is gone', async () => {
    const { desk, tokens, closed } = across();
    await tokens.open(request);
    await tokens.open(request);
    desk.closeAll();
    expect(closed).toEqual(['1', '1']);
  });
});
