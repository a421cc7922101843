import { randomBytes } from 'node:crypto';

/**
 * A message draft with the signed PDF attached, as a file that mail programs open for sending (RFC 5322, RFC 2045,
 * RFC 2231). "X-Unsent" tells Outlook and Thunderbird that it is still to be sent. No sender and no addressee: the
 * mail program fills those in.
 */
export function mailDraft(letter: { readonly pdf: Uint8Array; readonly fileName: string }): Buffer {
  const boundary = `eletter-${randomBytes(12).toString('hex')}`;
  const title = letter.fileName.replace(/\.pdf$/, '');
  const name = encodeURIComponent(letter.fileName).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const attachment = Buffer.from(letter.pdf).toString('base64').replace(/.{76}/g, '$&\r\n');
  const lines = [
    'X-Unsent: 1',
    `Subject: ${encodedWords(title)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    '',
    `--${boundary}`,
    'Content-Type: application/pdf',
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename*=UTF-8''${name}`,
    '',
    attachment,
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** RFC 2047 words of at most 45 bytes each, so that no header line grows past 76 characters. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}
