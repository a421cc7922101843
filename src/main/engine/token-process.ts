import './unpooled.ts';
import { AppError, type Result } from '../core/contract/index.ts';
import { parentChannel } from './launcher.ts';
import { loadDriver } from './token/driver.ts';
import type { TokenAnswer, TokenRequest } from './token/protocol.ts';
import { refusalOf } from './token/refusals.ts';
import { listTokens, openKey } from './token/session.ts';
import type { OpenKey } from './token/session.ts';

/** Entry of a token's process: one PKCS #11 driver, foreign code, and nothing else worth stealing but its PIN. */
let key: OpenKey | null = null;

function perform(request: TokenRequest): unknown {
  switch (request.kind) {
    case 'list':
      return listTokens(loadDriver(request.driver));
    case 'open':
      key = openKey(loadDriver(request.driver), request);
      return null;
    case 'sign':
      if (!key) throw new AppError('TOKEN_ABSENT');
      return key.sign(request.mechanism, request.data);
  }
}

function answer(request: TokenRequest): Result<unknown> {
  try {
    return { ok: true, value: perform(request) };
  } catch (thrown) {
    const error = refusalOf(thrown, () => ({ present: true, pinLocked: false, pinFinalTry: false }));
    return { ok: false, error: error instanceof AppError ? error.toShape() : { code: 'INTERNAL' } };
  }
}

const parent = parentChannel();
parent.onMessage((message) => {
  const request = message as TokenRequest;
  parent.post({ id: request.id, result: answer(request) } satisfies TokenAnswer);
});
