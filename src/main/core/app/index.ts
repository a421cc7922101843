import type { EngineCalls } from '../contract/api.ts';
import { AppError, type Result } from '../contract/errors.ts';
import { mayCall, permissions, type GuardedCall } from '../contract/permissions.ts';
import { storageFault } from '../vault/index.ts';
import { Context, requireSame, type AppPorts } from './context.ts';
import * as inbox from './inbox.ts';
import { handlers } from './handlers.ts';
import { endsSession, oneAtATime } from './in-order.ts';
import { seal } from './locking.ts';
import { indexLater } from './searching.ts';
import { exported } from './suspicion.ts';
import { onChanges } from './ticking.ts';

export type { AppEvent, AppPorts } from './context.ts';
export { standardCost } from '../vault/index.ts';
export type { KdfCost } from '../vault/index.ts';

/** The application: every use case behind one door. */
export interface App {
  /** Never throws: whatever happens becomes a coded refusal. Shapes of inputs are the caller's duty (ipc/, cli/). */
  call<N extends keyof EngineCalls>(
    name: N,
    input: EngineCalls[N]['input'],
  ): Promise<Result<EngineCalls[N]['output']>>;
  /** The signed PDF for "save as", print and mail: its bytes go to the desktop, never to the page. `how` is audited. */
  signedPdf(id: string, how: string): Promise<Result<{ pdf: Uint8Array; fileName: string }>>;
  /** Resolves when everything queued so far is done, such as the daily backup behind an unlock. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Of the command line's own tools: no vault, no person. */
const isTool = (name: keyof EngineCalls): boolean => name.startsWith('tool.');

/** The matrix of contract/permissions.ts, before any use case runs. Which letter is a question inside. */
function authorise(context: Context, name: keyof EngineCalls): void {
  if (isTool(name)) return;
  const { who } = permissions[name as GuardedCall];
  if (who === 'anyone') return;
  if (context.locking) throw new AppError('VAULT_LOCKED');
  context.session();
  if (who === 'session') return;
  const session = context.describeSession();
  if (session.mustActivate) throw new AppError('ACTIVATION_NEEDED');
  if (session.mustAcknowledge) throw new AppError('POLICY_NOT_ACKNOWLEDGED');
  if (!mayCall(name as GuardedCall, session.roles)) throw new AppError('NOT_ALLOWED');
}

/** The only entrance to core. */
export function createApp(ports: AppPorts): App {
  const context: Context = new Context({
    ...ports,
    emit(event) {
      ports.emit(event);
      if (event.type === 'changed') indexLater(context);
    },
  });
  onChanges(context);

  async function guard<T>(name: string, work: () => T | Promise<T>): Promise<Result<T>> {
    try {
      return { ok: true, value: await work() };
    } catch (thrown) {
      const error = storageFault(thrown, 'letters.db');
      if (error instanceof AppError) {
        if (error.cause === undefined) ports.logger.info('refused', { call: name, code: error.code });
        else ports.logger.error('refused', { call: name, code: error.code }, error.cause);
        return { ok: false, error: error.toShape() };
      }
      ports.logger.error('failed', { call: name }, thrown);
      return { ok: false, error: { code: 'INTERNAL' } };
    }
  }

  return {
    call(name, input) {
      const handler = handlers[name];
      // Locking counts from the asking, also when it has to wait for work under way.
      if (endsSession.has(name) && context.openSession) context.locking = true;
      const run = async (): Promise<EngineCalls[typeof name]['output']> => {
        authorise(context, name);
        const before = context.openSession;
        const value = await Promise.resolve(handler(context, input)).finally(() => {
          if (endsSession.has(name)) context.locking = false;
        });
        const needsSession = !isTool(name) && permissions[name as GuardedCall].who !== 'anyone';
        // What was asked by one session is not answered to the next, nor after a lock.
        const same =
          context.openSession?.accountId === before?.accountId &&
          context.openSession?.vault === before?.vault;
        if (needsSession && (context.locking || !same)) throw new AppError('VAULT_LOCKED');
        return value;
      };
      return guard(name, () => (oneAtATime.has(name) ? context.exclusive(run) : run()));
    },
    signedPdf(id, how) {
      return guard('letters.signedPdf', async () => {
        authorise(context, 'letters.document');
        const session = context.session();
        const letter = await inbox.signedPdf(context, id);
        requireSame(context, session);
        exported(context, id, how);
        return letter;
      });
    },
    settled: () => context.settled(),
    async close() {
      await context.exclusive(async () => seal(context));
    },
  };
}
