import { gatewaySigner, listDeputies, readIdentity } from '../accounts/index.ts';
import { countTrail, trailOf } from '../audit/index.ts';
import type { EngineCalls, Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { Deputy, DeletionRequest, MyData } from '../contract/people.ts';
import { recordChange } from '../letters/index.ts';
import { addPersonNotice } from '../notifications/index.ts';
import {
  acknowledgementsOf,
  answerRequest,
  countLetters,
  countNotices,
  lettersOf,
  listRequests as requestsOf,
  makeRequest,
  makeZip,
  withdrawRequest,
  type ZipEntry,
} from '../privacy/index.ts';
import { plainDate, type Context } from './context.ts';
import * as identities from './identities.ts';
import * as inbox from './inbox.ts';
import { administrators, exportedTogether } from './suspicion.ts';
import * as textModules from './text-modules.ts';

/** A person's rights over their own data (UU 27/2022 Ps. 5 to 13): see it, take it along, ask for deletion. */
function myDeputies(context: Context): Deputy[] {
  const { vault, accountId } = context.session();
  return listDeputies(vault.read, plainDate(context.ports.clock.now())).filter(
    (one) => one.principalId === accountId || one.deputyId === accountId,
  );
}

export function read(context: Context): MyData {
  const { vault, accountId } = context.session();
  return {
    person: context.me(),
    deputies: myDeputies(context),
    identities: identities.list(context),
    acknowledgements: acknowledgementsOf(vault.read, accountId),
    letters: countLetters(vault.read, accountId),
    notices: countNotices(vault.read, accountId),
    trail: countTrail(vault.read, accountId),
    requests: requestsOf(vault.read, accountId),
  };
}

const readme = `E-Letter Lampung Timur

Semua data tentang Anda yang ada di brankas surat kantor ini:
  data.json      orang, jabatan, pengganti, sertifikat, kebijakan yang dibaca, permintaan penghapusan
  letters.json   surat yang Anda tulis dan terima; surat yang tidak dapat Anda buka hanya disebut alasannya
  letters/       surat yang sudah ditandatangani (PDF)
  notices.json   pemberitahuan
  modules.json   naskah baku milik Anda
  trail.json     catatan audit tentang Anda
  certificates/  sertifikat Anda (tanpa kunci pribadi)

Everything that this office's letter vault holds on you:
  data.json      person, posts, deputies, certificates, acknowledged policies, deletion requests
  letters.json   letters that you wrote and received; of those that you cannot open only the reason is given
  letters/       signed letters (PDF)
  notices.json   notices
  modules.json   your own text modules
  trail.json     audit log about you
  certificates/  your certificates (without private keys)
`;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Together at most so much, because the ZIP is made in memory; what is over is named in letters.json. */
const mostBytes = 512 * 1024 * 1024;
const mostFiles = 50_000;
/** Letters after which others get their turn. */
const atOnce = 10;

/** Letters of mine that I may read, as files; a letter sealed to others is only named as left out. */
async function letterFiles(context: Context): Promise<{ list: object[]; files: ZipEntry[] }> {
  const session = context.session();
  const { vault, accountId } = session;
  const list: object[] = [];
  const files: ZipEntry[] = [];
  const taken = new Set<string>();
  let bytes = 0;
  for (const [index, id] of lettersOf(vault.read, accountId).entries()) {
    if (index % atOnce === atOnce - 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (context.openSession !== session) throw new AppError('VAULT_LOCKED');
    }
    try {
      const letter = inbox.get(context, { id });
      // What is said of somebody else's letter stops at its cover: its words are in the PDF.
      const { content, deliveries, sha256, revision: _revision, signer: _signer, ...cover } = letter;
      let file: string | null = null;
      if (sha256 !== null && bytes < mostBytes && files.length < mostFiles) {
        const { pdf, fileName } = await inbox.signedPdf(context, id);
        file = freePath(taken, fileName);
        files.push({ path: file, content: pdf });
        bytes += pdf.length;
      }
      const leftOut = sha256 !== null && file === null ? 'TOO_LARGE' : null;
      list.push({ ...cover, file, leftOut, ...(letter.mine ? { content, deliveries } : {}) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      list.push({ id, leftOut: error.code });
    }
  }
  return { list, files };
}

/** "letters/name.pdf", "letters/name (2).pdf": no letter takes another's place, on any file system. */
function freePath(taken: Set<string>, fileName: string): string {
  const name = fileName.replace(/\.pdf$/i, '');
  let path = `letters/${name}.pdf`;
  for (let n = 2; taken.has(path.toLowerCase()); n += 1) path = `letters/${name} (${n}).pdf`;
  taken.add(path.toLowerCase());
  return path;
}

/** By which name (NIK) the office's gateway knows the person: sealed to them, so it is told to them alone. */
function gatewayNames(
  context: Context,
  identities: MyData['identities'],
): readonly { readonly identityId: string; readonly name: string | null }[] {
  const { vault, accountId, accountKey } = context.session();
  return identities
    .filter((one) => one.origin === 'gateway')
    .map(({ id }) => {
      try {
        return { identityId: id, name: gatewaySigner(vault.read, accountId, id, accountKey) };
      } catch (error) {
        // Sealed to the key of before a reset passphrase.
        if (error instanceof AppError) return { identityId: id, name: null };
        throw error;
      }
    });
}

export async function exportAll(context: Context): Promise<EngineCalls['mydata.export']['output']> {
  const { vault, accountId } = context.session();
  const { list, files } = await letterFiles(context);
  const { letters: _letters, notices: _notices, trail: _trail, ...data } = read(context);
  const certificates = data.identities.map(({ id, fingerprint }) => ({
    path: `certificates/${fingerprint}.cer`,
    content: readIdentity(vault.read, accountId, id).certificate,
  }));
  const now = context.ports.clock.now();
  const entries: ZipEntry[] = [
    { path: 'README.txt', content: readme },
    { path: 'data.json', content: json({ ...data, gatewayNames: gatewayNames(context, data.identities) }) },
    { path: 'letters.json', content: json(list) },
    { path: 'notices.json', content: json(inbox.notices(context)) },
    { path: 'modules.json', content: json(textModules.list(context).filter((one) => one.scope === 'own')) },
    { path: 'trail.json', content: json(trailOf(vault.read, accountId)) },
    ...certificates,
    ...files,
  ];
  const zip = makeZip(entries, now);
  const facts = { letters: files.length };
  context.act({ action: 'mydata.exported', entity: 'account', entityId: accountId, facts }, (db) =>
    exportedTogether(db, accountId, files.length, now),
  );
  return { zip, fileName: `data-${data.person.username}-${plainDate(now)}.zip` };
}

export function requestDeletion(context: Context, input: Input<'mydata.requestDeletion'>): MyData {
  const { accountId } = context.session();
  context.act({ action: 'request.made', entity: 'account', entityId: accountId }, (db, now) => {
    makeRequest(db, accountId, input.reason.trim(), now);
    for (const one of administrators(db, now)) addPersonNotice(db, one, 'request-made', accountId, now);
    recordChange(db, 'notice', accountId, now);
  });
  return read(context);
}

export function withdraw(context: Context, input: Input<'mydata.withdrawRequest'>): MyData {
  const { accountId } = context.session();
  context.act({ action: 'request.withdrawn', entity: 'account', entityId: accountId }, (db, now) =>
    withdrawRequest(db, accountId, input.id, now),
  );
  return read(context);
}

export function listRequests(context: Context): DeletionRequest[] {
  return requestsOf(context.session().vault.read, null);
}

/** Granting is a decision, not yet a deletion: what must be kept and until when is decided letter by letter. */
export function answer(context: Context, input: Input<'requests.answer'>): DeletionRequest[] {
  const { accountId } = context.session();
  const facts = { decision: input.decision };
  context.act({ action: 'request.answered', entity: 'request', entityId: input.id, facts }, (db, now) => {
    const asker = answerRequest(db, input.id, input, accountId, now);
    addPersonNotice(db, asker, 'request-answered', accountId, now);
    recordChange(db, 'notice', asker, now);
  });
  return listRequests(context);
}
