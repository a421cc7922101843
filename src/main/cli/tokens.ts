import { commandLine, fill, valueOf } from '../core/contract/index.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';

/** `eletter tokens DRIVER`: what a PKCS#11 library shows, so that a script can name a token. No PIN is asked. */
export async function tokens(command: Command, app: LocalEngine['app']): Promise<number> {
  const texts = commandLine[command.language];
  const [driver, ...more] = command.files;
  if (driver === undefined || more.length > 0)
    throw new UsageError(fill(texts.missing, { argument: 'DRIVER' }));
  const { tokens: found } = valueOf(await app.call('tool.tokens', { driver }));
  for (const { serial, label, model, pinLocked, certificates } of found) {
    const facts = { serial, label, model, pinLocked, certificates: certificates.length };
    const state = pinLocked ? texts.tokenLocked : '';
    console.log(
      command.values.json
        ? JSON.stringify(facts)
        : [serial, label, model, fill(texts.tokenKeys, { count: certificates.length }), state]
            .filter((part) => part !== '')
            .join('  '),
    );
  }
  return exits.ok;
}
