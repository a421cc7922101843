/**
 * Pasted HTML as a tree: a reader of our own, since the page's Trusted Types let no string become markup, and the
 * browser's sanitiser drops what says which lines of Word are a list. It reads tags, a few attributes and text, once
 * from left to right, loads nothing, and never looks into a picture's bytes.
 */
export interface Tag {
  readonly name: string;
  /** Of those that are read; values are short. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Tag | string)[];
}

export interface Page {
  readonly root: Tag;
  /** Text of all `style` elements, where Word keeps how its lists are numbered. */
  readonly styles: string;
}

const readAttributes: ReadonlySet<string> = new Set([
  'class',
  'style',
  'id',
  'href',
  'name',
  'colspan',
  'rowspan',
  'start',
  'width',
]);
const longestValue = 2000;
const deepest = 150;
/** Of a hundred pages there are some 40 000; a spreadsheet has them soon. */
const mostTags = 60_000;

const voids: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
const raw: ReadonlySet<string> = new Set(['style', 'script', 'xml', 'title', 'textarea', 'noscript', 'svg']);
const blocks: ReadonlySet<string> = new Set(
  'p div h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre section article'.split(' '),
);
/** What an opening tag ends when it is still open, and up to where that is looked for. */
const ends: Readonly<
  Record<string, { readonly open: readonly string[]; readonly within: readonly string[] }>
> = {
  li: { open: ['li'], within: ['ul', 'ol'] },
  td: { open: ['td', 'th'], within: ['tr', 'table'] },
  th: { open: ['td', 'th'], within: ['tr', 'table'] },
  tr: { open: ['tr'], within: ['table'] },
};
const paragraphEnds = { open: ['p'], within: ['li', 'td', 'th', 'div', 'table'] };

/** Null: more tags than anything that belongs in a letter. */
export function readHtml(html: string): Page | null {
  const root: Tag = { name: '', attributes: {}, children: [] };
  const open: Tag[] = [root];
  let styles = '';
  let tags = 0;
  let at = 0;
  const inside = (): Tag => open.at(-1) ?? root;
  const text = (from: number, to: number): void => {
    if (to > from) inside().children.push(decoded(html.slice(from, to)));
  };
  const close = (names: readonly string[], within: readonly string[]): void => {
    for (let index = open.length - 1; index > 0; index -= 1) {
      const { name } = open[index] ?? root;
      if (names.includes(name)) {
        open.length = index;
        return;
      }
      if (within.includes(name)) return;
    }
  };

  while (at < html.length) {
    const start = html.indexOf('<', at);
    if (start === -1) {
      text(at, html.length);
      break;
    }
    text(at, start);
    if (html.startsWith('<!--', start)) {
      at = after(html, '-->', start + 4);
      continue;
    }
    const sign = html.charAt(start + 1);
    if (sign === '!' || sign === '?') {
      at = after(html, '>', start);
      continue;
    }
    const closing = sign === '/';
    const name = tagName(html, start + (closing ? 2 : 1));
    if (name === '') {
      inside().children.push('<');
      at = start + 1;
      continue;
    }
    tags += 1;
    if (tags > mostTags) return null;
    if (closing) {
      at = after(html, '>', start);
      close([name], ['td', 'th', 'table'].includes(name) ? [] : ['td', 'th']);
      continue;
    }
    const read = readTag(html, start + 1 + name.length);
    at = read.end;
    const rule = ends[name] ?? (blocks.has(name) ? paragraphEnds : undefined);
    if (rule) close(rule.open, rule.within);
    const tag: Tag = { name, attributes: read.attributes, children: [] };
    inside().children.push(tag);
    if (raw.has(name)) {
      if (read.closed) continue;
      const end = endOfRaw(html, name, at);
      if (name === 'style') styles += html.slice(at, Math.min(end, at + 200_000));
      at = after(html, '>', end);
    } else if (!voids.has(name) && !(read.closed && name.includes(':')) && open.length < deepest)
      open.push(tag);
  }
  return { root, styles };
}

/** Where reading goes on behind `mark`; at the end of everything where there is none. */
function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found === -1 ? html.length : found + mark.length;
}

function endOfRaw(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}[\\s>]`, 'gi');
  end.lastIndex = from;
  return end.exec(html)?.index ?? html.length;
}

const nameAt = /[a-z][a-z0-9:-]{0,40}/iy;

function tagName(html: string, at: number): string {
  nameAt.lastIndex = at;
  return nameAt.exec(html)?.[0].toLowerCase() ?? '';
}

const space = /\s*/y;
const attributeName = /[^\s=>/"']+/y;
const bareValue = /[^\s>]*/y;

function match(pattern: RegExp, html: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(html)?.[0] ?? '';
}

function readTag(
  html: string,
  from: number,
): { readonly attributes: Record<string, string>; readonly end: number; readonly closed: boolean } {
  const attributes: Record<string, string> = {};
  let at = from;
  let closed = false;
  while (at < html.length) {
    at += match(space, html, at).length;
    const sign = html.charAt(at);
    if (sign === '>') return { attributes, end: at + 1, closed };
    closed = sign === '/';
    const name = match(attributeName, html, at);
    if (name === '') {
      at += 1;
      continue;
    }
    at += name.length;
    at += match(space, html, at).length;
    if (html.charAt(at) !== '=') continue;
    at += 1;
    at += match(space, html, at).length;
    const quote = html.charAt(at);
    let from_ = at;
    let to: number;
    if (quote === '"' || quote === "'") {
      from_ = at + 1;
      const end = html.indexOf(quote, from_);
      to = end === -1 ? html.length : end;
      at = to + 1;
    } else {
      to = at + match(bareValue, html, at).length;
      at = to;
    }
    const key = name.toLowerCase();
    if (readAttributes.has(key))
      attributes[key] = decoded(html.slice(from_, Math.min(to, from_ + longestValue)));
  }
  return { attributes, end: html.length, closed };
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  shy: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  zwnj: '',
  zwj: '',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  hellip: '…',
  bull: '•',
  middot: '·',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  sup2: '²',
  sup3: '³',
  sect: '§',
  para: '¶',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  rarr: '→',
  larr: '←',
  le: '≤',
  ge: '≥',
  ne: '≠',
  eacute: 'é',
  egrave: 'è',
};

const reference = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,8}));?/gi;

/** Character references of HTML; one that is not known stays as it was typed. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const known = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return known ? String.fromCodePoint(code) : '';
  });
}
