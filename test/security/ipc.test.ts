import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CallName } from '../../src/main/core/contract/api.ts';
import { callNames, channelOf } from '../../src/main/core/contract/channels.ts';
import type { Engine } from '../../src/main/engine/remote.ts';

/** SECURITY line 7: no call gets past sender, frame, origin and schema. */
type Handler = (event: unknown, payload: unknown) => Promise<unknown>;
const registered = new Map<string, Handler>();
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, handler: Handler) => registered.set(channel, handler) },
}));

const reached: string[] = [];
const own = 'app://eletter/index.html';
const frame = (url: string, parent: unknown = null) => ({ senderFrame: { url, parent } });

beforeAll(async () => {
  const { registerIpc } = await import('../../src/main/ipc/index.ts');
  const engine = {
    call: async (name: string) => {
      reached.push(name);
      return { ok: true, value: null };
    },
  } as unknown as Engine;
  const desktop = new Proxy({}, { get: (_target, name) => async () => void reached.push(String(name)) });
  registerIpc({ engine, desktop: desktop as never, ownPage: (url) => url === own });
});
beforeEach(() => {
  reached.length = 0;
});

async function call(name: CallName, event: unknown, payload: unknown): Promise<unknown> {
  const handler = registered.get(channelOf(name));
  if (!handler) throw new Error(`${name} has no handler`);
  return handler(event, payload);
}

const uuid = '0b8f6a52-7f0d-4a55-9d3a-0f6f1f3f8f11';

describe('every channel', () => {
  it('is registered, and nothing else is', () => {
    expect([...registered.keys()].toSorted()).toEqual(callNames.map(channelOf).toSorted());
  });

  it.each(callNames)('%s refuses a foreign origin, a sub-frame, and no frame at all', async (name) => {
    const senders = [
      frame('https://evil.example/index.html'),
      frame('app://eletter.evil/index.html'),
      frame('file:///etc/passwd'),
      frame(''),
      frame(own, { url: own }),
      { senderFrame: null },
    ];
    for (const sender of senders) {
      expect(await call(name, sender, {})).toEqual({ ok: false, error: { code: 'NOT_ALLOWED' } });
    }
    expect(reached).toEqual([]);
  });

  it.each(callNames)('%s refuses what does not fit its schema', async (name) => {
    const wrong = [
      null,
      undefined,
      7,
      'text',
      [],
      { unknown: true },
      { id: '../../etc/passwd' },
      { id: uuid, extra: 1 },
      { __proto__: null, id: 5 },
    ];
    for (const payload of wrong) {
      expect(await call(name, frame(own), payload)).toMatchObject({
        ok: false,
        error: { code: 'BAD_REQUEST' },
      });
    }
    expect(reached).toEqual([]);
  });

  it('never throws and never reaches a handler on random payloads', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...callNames),
        fc.anything({ maxDepth: 3, withNullPrototype: true }),
        async (name, payload) => {
          reached.length = 0;
          const answer = (await call(name, frame(own), payload)) as { ok: boolean };
          expect(answer.ok).toBe(reached.length === 1);
        },
      ),
      { numRuns: 300, seed: 20261122 },
    );
  });

  it('refuses what is too large or too deep', async () => {
    let nested: unknown = { type: 'paragraph', content: [] };
    for (let depth = 0; depth < 50; depth += 1) nested = { type: 'list', ordered: true, items: [[nested]] };
    const content = {
      kind: 'surat-dinas',
      classification: '',
      urgency: 'biasa',
      attachments: '',
      subject: '',
      recipients: [],
      copies: [],
      body: [nested],
      event: null,
    };
    expect(await call('letters.saveDraft', frame(own), { id: uuid, revision: 1, content })).toMatchObject({
      error: { code: 'BAD_REQUEST' },
    });
    expect(
      await call('identity.importP12', frame(own), {
        bytes: new Uint8Array(1_048_577),
        p12Passphrase: '',
        signingPassphrase: 'x',
      }),
    ).toMatchObject({
      error: { code: 'BAD_REQUEST', params: { field: 'bytes' } },
    });
  });

  it('lets a right call through', async () => {
    expect(await call('letters.get', frame(own), { id: uuid })).toEqual({ ok: true, value: null });
    expect(reached).toEqual(['letters.get']);
  });
});
