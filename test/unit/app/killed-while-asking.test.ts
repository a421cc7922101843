import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listen } from '../../fixtures/authorities.ts';
import { accountPassphrase, removeFolder, signingPassphrase, testApp } from '../../fixtures/engine.ts';

const child = join(import.meta.dirname, '../../fixtures/signing-child.ts');

it('killed while the timestamp authority is asked: the letter waits with its number, and is resumed with it', async () => {
  let running: ReturnType<typeof spawn> | null = null;
  const authority = createServer((request) => {
    // between the two transactions: the signature is made, the timestamp is not there yet
    running?.kill('SIGKILL');
    request.destroy();
  });
  const tsa = `http://127.0.0.1:${await listen(authority)}/`;
  let app = testApp();
  try {
    const { session } = await app.firstRun();
    await app.ask('identity.createTest', { signingPassphrase });
    await app.ask('services.save', { level: 't', tsa, revocation: false });
    await app.close();

    running = spawn(process.execPath, [child, app.dataDir, session.accountId], { stdio: 'ignore' });
    const signal = await new Promise((resolve) => running?.on('exit', (_, by) => resolve(by)));
    expect(signal).toBe('SIGKILL');

    app = testApp({ dataDir: app.dataDir });
    await app.ask('vault.unlock', { accountId: session.accountId, passphrase: accountPassphrase });
    const [row] = await app.ask('letters.list', { folder: 'drafts' });
    expect(row).toMatchObject({
      state: 'reserved',
      number: expect.stringMatching(/^000.8.3\/1\/SETDA\//) as string,
    });
    const { id, revision, identityId } = await app.ask('letters.get', { id: row?.id ?? '' });
    running = null;
    const signed = await app.ask('letters.sign', {
      id,
      revision,
      signingPassphrase,
      identityId: identityId ?? undefined,
    });
    expect(signed).toMatchObject({
      number: row?.number,
      level: 'b',
      lowering: { code: 'TSA_UNREACHABLE' },
    });
  } finally {
    await app.close();
    removeFolder(app.dataDir);
    authority.closeAllConnections();
    await new Promise((resolve) => authority.close(resolve));
  }
}, 60_000);
