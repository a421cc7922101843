import { attachmentLine } from '../contract/index.ts';
import type { Addressee, Block, InvitationEvent, LetterContent, TypesetLetter } from '../contract/index.ts';
import { attachedView, margins } from './attached.ts';
import { longDate, longDateWithWeekday } from './dates.ts';
import { fieldRows } from './field-rows.ts';
import { kopView, type ArmsPictures } from './kop.ts';
import { withPage } from './page-settings.ts';
import { rulesOf, type Profile } from './profile.ts';
import type { KindRules } from './kind-rules.ts';
import { qrSvg } from './qr.ts';
import { deciders, signerViews } from './signers.ts';
import type { TableView } from './table.ts';
import { tableView } from './table.ts';

type BlockView =
  | Exclude<Block, { type: 'table' } | { type: 'list' }>
  | TableView
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly BlockView[])[] };

const noBreakSpace = '\u00a0';
/** A place longer than this (characters) may be broken between its words, or it would leave most of a line empty. */
const longestUnbroken = 28;

/** What the templates in resources/templates read from data.json: words and blocks, no decisions left. */
export function letterView(
  letter: TypesetLetter,
  whole: Profile,
  fontFamilies: readonly string[],
  pictures: ArmsPictures = {},
): object {
  const { content, letterhead } = letter;
  const kind = rulesOf(whole, content.kind);
  // The templates need no other kind's rules, and a long data file costs time for every letter.
  const profile = withPage({ ...whole, kinds: {} }, kind.page);
  const place = letterhead.place || profile.city;
  const body = blockViews(content.body);
  const event = kind.event ? content.event : null;
  const split = event ? eventPosition(body) : body.length;
  return {
    profile,
    fonts: [profile.fonts.body, ...fontFamilies.filter((family) => family !== profile.fonts.body)],
    title: [kind.label, content.subject].filter((part) => part !== '').join(': '),
    author: letterhead.office || letterhead.government,
    label: kind.label,
    shape: kind.shape,
    heading: heading(kind, deciders(letter, profile.signers)),
    tentang: kind.subjectAs === 'tentang' ? content.subject : '',
    yth: kind.addressees.as === 'yth',
    rows: fieldRows(letter, kind),
    labelWidth: kind.labelWidth,
    issued: kind.issued ? issuedAt(kind.issued, place, letter.date) : null,
    letterhead,
    kop: kopView(kind, whole.kop, pictures),
    number: letter.number,
    date: longDate(letter.date),
    dated: [place, longDate(letter.date)].filter((part) => part !== '').join(', '),
    urgency: nature(content, profile),
    attachments: content.attachments || attachmentLine(attachedPages(letter)) || '-',
    subject: content.subject,
    recipients: content.recipients.map((to) => ({ name: to.name, place: to.place, placed: placed(to) })),
    commonPlace: commonPlace(content.recipients),
    copies: content.copies.map(placed),
    body,
    endsInText: endsInText(event ? body.slice(split) : body),
    event: event ? eventRows(event) : null,
    opening: body.slice(0, split),
    closing: body.slice(split),
    signers: signerViews(letter, kind, profile.signers),
    qr: letter.statement ? { svg: qrSvg(letter.statement), alt: profile.signature.qrMeaning } : null,
    attached: attachedView(letter.attached ?? [], profile, kind.shape === 'title'),
    attachedMargins: margins,
    footer: [footerLine(letter, profile), profile.footer.law],
  };
}

const attachedPages = ({ attached = [] }: TypesetLetter): { pages: number }[] =>
  attached.map(({ pages }) => ({ pages: pages.length }));

/** The title as printed: of some kinds it goes on with who decides. */
const heading = (kind: KindRules, deciding: string): string =>
  (kind.headingOfPost ? `${kind.label} ${deciding}` : kind.label).toUpperCase();

/** "Ditetapkan di Sukadana" over "pada tanggal 22 November 2026". */
const issuedAt = (word: string, place: string, date: string): readonly string[] => [
  place === '' ? word : `${word} di ${place}`,
  `pada tanggal ${longDate(date)}`,
];

/** "Sifat": the security class where it is not the ordinary one, and the urgency. */
function nature(content: LetterContent, profile: Profile): string {
  const urgency = profile.urgencies[content.urgency];
  if (content.security === 'biasa') return urgency;
  const security = profile.securityClasses[content.security];
  return content.urgency === 'biasa' ? security : `${security}, ${urgency}`;
}

function blockViews(blocks: readonly Block[]): readonly BlockView[] {
  return blocks.flatMap((block): readonly BlockView[] => {
    if (block.type === 'table') {
      const view = tableView(block);
      return view ? [view] : [];
    }
    if (block.type === 'list') {
      return block.items.length === 0 ? [] : [{ ...block, items: block.items.map(blockViews) }];
    }
    // An editor's empty paragraph is a gap somebody typed; spacing belongs to the profile.
    return block.content.length === 0 ? [] : [block];
  });
}

/** Whether the last thing printed is a line of a paragraph, be it inside a list. */
function endsInText(blocks: readonly BlockView[]): boolean {
  const last = blocks.at(-1);
  if (last?.type === 'list') return endsInText(last.items.at(-1) ?? []);
  return last?.type === 'paragraph';
}

/** The particulars of an invitation stand before the closing paragraph, or after a body that has none. */
function eventPosition(body: readonly BlockView[]): number {
  return body.length > 1 && body.at(-1)?.type === 'paragraph' ? body.length - 1 : body.length;
}

function eventRows(event: InvitationEvent): readonly { readonly label: string; readonly value: string }[] {
  return [
    { label: 'hari, tanggal', value: longDateWithWeekday(event.date) },
    { label: 'waktu', value: event.time },
    { label: 'tempat', value: event.place },
    { label: 'acara', value: event.agenda },
  ].filter((row) => row.value !== '');
}

/** One place for all addressees is printed once below them; null where they differ. */
function commonPlace(recipients: readonly Addressee[]): string | null {
  const places = new Set(recipients.map((recipient) => recipient.place));
  return places.size === 1 ? ([...places][0] ?? null) : null;
}

/** On one line, where no line may end on "di" nor inside the name of a place. */
function placed({ name, place }: Addressee): string {
  if (place === '') return name;
  const joined = place.length <= longestUnbroken ? place.replaceAll(' ', noBreakSpace) : place;
  return `${name} di${noBreakSpace}${joined}`;
}

/**
 * Who issued the certificate, and whether the signature is certified (PP 71/2019 Ps. 60): never a claim more. Of several
 * signers the first one's is known when the page is set; the others choose theirs when they sign.
 */
function footerLine(letter: TypesetLetter, profile: Profile): string {
  if (letter.issuer === '') return profile.footer.unsigned;
  const several = (letter.signers?.length ?? 0) > 1;
  const { certified, uncertified } = several ? profile.footer.several : profile.footer;
  const text = letter.certified ? certified : uncertified;
  return text.replaceAll('{issuer}', () => letter.issuer);
}
