import { describe, expect, it } from 'vitest';
import type { LaunchedProcess, Launcher } from '../../../src/main/engine/launcher.ts';
import { silentLogger } from '../../../src/main/engine/logger.ts';
import type { FromCore } from '../../../src/main/engine/protocol.ts';
import { startEngine, type Engine } from '../../../src/main/engine/remote.ts';

/** The desktop's side of the engine, with processes that the test plays itself. */
class FakeProcess implements LaunchedProcess {
  readonly received: unknown[] = [];
  #message: (message: unknown) => void = () => undefined;
  #exit: () => void = () => undefined;
  post(message: unknown): void {
    this.received.push(message);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onExit(listener: () => void): void {
    this.#exit = listener;
  }
  say(message: unknown): void {
    this.#message(message);
  }
  kill(): void {
    this.#exit();
  }
}

function engineOf(): { engine: Engine; cores: FakeProcess[]; pools: FakeProcess[]; events: string[] } {
  const cores: FakeProcess[] = [];
  const pools: FakeProcess[] = [];
  const events: string[] = [];
  const launcher: Launcher = (_entry, _args, name) => {
    const made = new FakeProcess();
    (name === 'eletter-core' ? cores : pools).push(made);
    return made;
  };
  const engine = startEngine({
    launcher,
    entries: { core: 'core', pool: 'pool' },
    dataDir: '',
    resourcesDir: '',
    version: '',
    logger: silentLogger,
    onEvent: (event) => events.push(event.type),
  });
  return { engine, cores, pools, events };
}

const task = (id: number): FromCore => ({
  kind: 'pool',
  id,
  task: 'display',
  input: { bytes: new Uint8Array() },
  timeoutMs: undefined,
});
const settled = () => new Promise((resolve) => setImmediate(resolve));

function received<T>(process: FakeProcess | undefined, index = 0): T {
  return process?.received[index] as T;
}

describe('the desktop’s engine', () => {
  it('refuses what was under way when core dies, locks, and starts it again', async () => {
    const { engine, cores, events } = engineOf();
    const asked = engine.call('app.status', {});
    cores[0]?.kill();
    expect(await asked).toEqual({ ok: false, error: { code: 'INTERNAL' } });
    expect(events).toEqual(['locked']);
    expect(cores).toHaveLength(2);
    const again = engine.call('app.status', {});
    const { id } = received<{ id: number }>(cores[1]);
    cores[1]?.say({ kind: 'answer', id, result: { ok: true, value: 'here' } });
    expect(await again).toEqual({ ok: true, value: 'here' });
  });

  it('keeps a dead core’s answers and pool results from the next core', async () => {
    const { cores, pools } = engineOf();
    cores[0]?.say(task(1));
    const { id } = received<{ id: number }>(pools[0]);
    cores[0]?.kill();
    cores[1]?.say(task(1));
    pools[0]?.say({ id, result: { ok: true, value: 'of the dead' } });
    await settled();
    expect(cores[1]?.received).toEqual([]);
    const next = received<{ id: number }>(pools[0], 1);
    pools[0]?.say({ id: next.id, result: { ok: true, value: 'of the living' } });
    await settled();
    expect(cores[1]?.received).toEqual([
      { kind: 'pooled', id: 1, result: { ok: true, value: 'of the living' } },
    ]);
    cores[0]?.say({ kind: 'event', event: { type: 'changed', seq: 9 } });
  });

  it('gives up on a core that ends at once again and again', async () => {
    const { engine, cores } = engineOf();
    for (let n = 0; n < 10; n += 1) cores[n]?.kill();
    expect(cores).toHaveLength(3);
    expect(await engine.call('app.status', {})).toEqual({ ok: false, error: { code: 'INTERNAL' } });
  });

  it('answers nothing any more once closed', async () => {
    const { engine, cores } = engineOf();
    const closing = engine.close();
    const { id } = received<{ id: number }>(cores[0]);
    cores[0]?.say({ kind: 'answer', id, result: { ok: true, value: null } });
    await closing;
    expect(await engine.call('app.status', {})).toEqual({ ok: false, error: { code: 'INTERNAL' } });
    expect(cores).toHaveLength(1);
  });
});
