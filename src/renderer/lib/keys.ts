/** The keys a person signs with: which one is meant, what opens it, and how it is named. */
import { commandLine } from '../../main/core/contract/index.ts';
import type {
  ErrorCode,
  Identity,
  Language,
  Lowering,
  SignatureLevel,
} from '../../main/core/contract/index.ts';
import { commonName } from './format.ts';
import type { Catalogue } from './i18n/id.ts';

/** Refusals that stand at the field where the secret is typed. */
export const secretRefusals: readonly ErrorCode[] = [
  'SIGNING_PASSPHRASE_WRONG',
  'TOKEN_PIN_WRONG',
  'TOKEN_PIN_LAST_TRY',
  'GATEWAY_PASSPHRASE_WRONG',
];

export const isPinRefusal = (code: ErrorCode): boolean => code.startsWith('TOKEN_PIN');

export const isUsable = (identity: Identity): boolean => !identity.expired && identity.revokedAt === null;

/** "Token Pejabat", "Identitas uji". */
export const originName = (identity: Identity, text: Catalogue): string =>
  [text.signingKeys.origin[identity.origin], identity.place].filter((part) => part !== '').join(' ');

export const certifiedName = (certified: boolean, text: Catalogue): string =>
  certified ? text.signingKeys.certified : text.signingKeys.uncertified;

/** One line for a choice: whose, what kind, and what it counts for. */
export const keyName = (identity: Identity, text: Catalogue): string =>
  `${commonName(identity.subject)} (${originName(identity, text)}, ${certifiedName(identity.certified, text).toLowerCase()})`;

/** With a hyphen at which no line breaks. */
export const levelName = (level: SignatureLevel): string => `B\u2011${level.toUpperCase()}`;

export const loweringName = ({ code }: Lowering, language: Language): string =>
  commandLine[language].lowerings[code];
