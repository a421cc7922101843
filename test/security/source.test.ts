import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Hardening that can be read from the source (SECURITY, lines marked static). */
const root = join(import.meta.dirname, '../..');

function sources(folder: string): { name: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|html)$/.test(name))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') }));
}
const all = sources('src');
const holding = (pattern: RegExp): string[] =>
  all.filter((file) => pattern.test(file.text)).map((file) => file.name);

describe('the source', () => {
  it('imports electron only in desktop/, ipc/, the composition root and the preload', () => {
    const places = holding(/from 'electron(\/\w+)?'/);
    expect(
      places.filter((name) => !/^src\/(main\/(desktop|ipc)\/|main\/index\.ts$|preload\/)/.test(name)),
    ).toEqual([]);
    expect(holding(/\bipcMain\b.*from 'electron'/)).toEqual(['src/main/ipc/index.ts']);
  });

  it('switches nothing off that protects the window', () => {
    const window = all.find((file) => file.name === 'src/main/desktop/window.ts')?.text ?? '';
    for (const line of [
      'sandbox: true',
      'contextIsolation: true',
      'nodeIntegration: false',
      'webSecurity: true',
      'webviewTag: false',
    ]) {
      expect(window).toContain(line);
    }
    expect(
      holding(
        /no-sandbox|allowRunningInsecureContent: true|experimentalFeatures|enableBlinkFeatures|nodeIntegration: true|sandbox: false/,
      ),
    ).toEqual([]);
    expect(all.find((file) => file.name === 'src/main/desktop/index.ts')?.text).toContain(
      'app.enableSandbox()',
    );
  });

  it('uses neither eval nor unsafe HTML, nor synchronous IPC', () => {
    expect(
      holding(
        /\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\s*=|sendSync|\.outerHTML\s*=|document\.write/,
      ),
    ).toEqual([]);
  });

  it('opens nothing outside by address', () => {
    expect(holding(/openExternal/)).toEqual([]);
  });

  it('digests and signs by node:crypto alone', () => {
    expect(holding(/forge\.(md|rsa|pki\.privateKey.*sign)|from 'pkijs'/)).toEqual([]);
  });

  it('keeps buffers of the process with the keys apart, before anything else is loaded', async () => {
    const core = all.find((file) => file.name === 'src/main/engine/core-process.ts')?.text ?? '';
    expect(/^import .*$/m.exec(core)?.[0]).toBe("import './unpooled.ts';");
    const before = Buffer.poolSize;
    try {
      await import('../../src/main/engine/unpooled.ts');
      const { seal, unseal } = await import('../../src/main/core/vault/sealing.ts');
      const key = Buffer.alloc(32, 1);
      const opened = unseal(key, seal(key, Buffer.alloc(32, 2), 'x'), 'x');
      expect(opened.buffer.byteLength).toBe(32);
    } finally {
      Buffer.poolSize = before;
    }
  });

  it('does not know the stand-in host or any test', () => {
    expect(holding(/test\/host|EHOST_|ELETTER_HOST/)).toEqual([]);
  });
});
