import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/main/core/contract/index.ts';
import { drawArms } from '../../../src/main/core/scan/index.ts';
import { drawing, shield } from '../../fixtures/pictures.ts';

/** An office's picture for its letterhead: what is kept is our own drawing of it, and hostile files leave nothing. */
async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await drawArms(bytes);
    return 'drawn';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.params?.['part'] === undefined ? error.code : `${error.code} ${error.params['part']}`;
  }
}

/** Red, green, blue and alpha in the middle and in a corner. */
async function coloursOf(png: Uint8Array): Promise<readonly (readonly number[])[]> {
  const image = await loadImage(Buffer.from(png));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const at = (x: number, y: number): number[] => [...context.getImageData(x, y, 1, 1).data];
  return [at(Math.floor(image.width / 2), Math.floor(image.height / 2)), at(0, 0)];
}

describe('a picture for the letterhead', () => {
  it('is kept as an opaque PNG of our own, whatever it came as', async () => {
    for (const format of ['png', 'jpeg'] as const) {
      const drawn = await drawArms(await shield(format));
      expect([drawn.width, drawn.height]).toEqual([200, 240]);
      const [middle, corner] = await coloursOf(drawn.png);
      expect(middle?.map((part) => Math.round(part / 32))).toEqual([8, 6, 0, 8]);
      expect(corner?.[3]).toBe(255);
    }
    const [, corner] = await coloursOf((await drawArms(await shield())).png);
    expect(corner).toEqual([255, 255, 255, 255]);
  });

  it('is as large as print needs: a drawing is drawn at that size, a photograph made smaller', async () => {
    expect(await drawArms(drawing(''))).toMatchObject({ width: 600, height: 720 });
    expect(await drawArms(await shield('jpeg', 3000, 1500))).toMatchObject({ width: 720, height: 360 });
    const typed =
      '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">';
    expect(await drawArms(drawing('<use href="#a"/>', typed))).toMatchObject({ height: 720 });
  });

  it('loses what was hidden in its file', async () => {
    const whole = Buffer.from(await shield());
    const note = Buffer.from('tEXtComment\0rahasia kantor');
    const chunk = Buffer.concat([Buffer.from([0, 0, 0, note.length - 4]), note, Buffer.alloc(4)]);
    const end = whole.lastIndexOf('IEND') - 4;
    const noted = Buffer.concat([whole.subarray(0, end), chunk, whole.subarray(end)]);
    const { png } = await drawArms(noted).catch(() => drawArms(whole));
    expect(Buffer.from(png).includes('rahasia')).toBe(false);
  });

  it.each([
    ['a script', drawing('<script>alert(1)</script>'), 'ARMS_UNSAFE script'],
    ['a script under a prefix', drawing('<svg:script/>'), 'ARMS_UNSAFE script'],
    ['a handler', drawing('<g onload="x()"/>'), 'ARMS_UNSAFE event'],
    ['a picture from the network', drawing('<image href="http://x.test/a.png"/>'), 'ARMS_UNSAFE image'],
    ['a file of this computer', drawing('<use xlink:href="file:///etc/passwd"/>'), 'ARMS_UNSAFE link'],
    ['a link without quotes', drawing('<a href=http://x.test>x</a>'), 'ARMS_UNSAFE link'],
    ['a colour from elsewhere', drawing('<rect fill="url(http://x.test/a#b)"/>'), 'ARMS_UNSAFE url'],
    ['a style sheet', drawing('<style>@import "x.css";</style>'), 'ARMS_UNSAFE stylesheet'],
    ['another page', drawing('<foreignObject><p>x</p></foreignObject>'), 'ARMS_UNSAFE foreignObject'],
    ['something that moves', drawing('<animate attributeName="x"/>'), 'ARMS_UNSAFE animation'],
    ['hidden letters', drawing('<rect fill="&#117;rl(http://x.test)"/>'), 'ARMS_UNSAFE entity'],
    [
      'an entity that grows',
      drawing('&a;', '<!DOCTYPE svg [<!ENTITY a "&b;&b;"><!ENTITY b "x">]>'),
      'ARMS_UNSAFE entity',
    ],
    ['references without end', drawing('<use href="#a"/>'.repeat(300)), 'ARMS_UNSAFE use'],
    [
      'a drawing without a size',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
      'ARMS_UNREADABLE',
    ],
    ['half a drawing', drawing('').subarray(0, 120), 'ARMS_UNREADABLE'],
    ['a web page', Buffer.from('<html><svg></svg></html>'), 'ARMS_UNREADABLE'],
    ['nothing', new Uint8Array(), 'ARMS_UNREADABLE'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'ARMS_UNREADABLE'],
    ['a drawing of two megabytes', drawing(`<g>${' '.repeat(2_000_000)}</g>`), 'ARMS_TOO_LARGE'],
    ['a file of nine megabytes', Buffer.alloc(9 * 1024 * 1024), 'ARMS_TOO_LARGE'],
  ])('is refused with %s', async (_, bytes, code) => {
    expect(await refusal(bytes)).toBe(code);
  });

  it('that claims to be huge is refused before it is decoded', async () => {
    const small = Buffer.from(await shield());
    small.writeUInt32BE(19_000, 16);
    small.writeUInt32BE(19_000, 20);
    expect(await refusal(small)).toBe('ARMS_TOO_LARGE');
    small.writeUInt32BE(6000, 16);
    small.writeUInt32BE(6000, 20);
    expect(await refusal(small)).toBe('ARMS_UNREADABLE');
    expect(await refusal((await shield()).subarray(0, 300))).toBe('ARMS_UNREADABLE');
    expect(await refusal((await shield('jpeg')).subarray(0, 400))).toBe('ARMS_UNREADABLE');
  });

  it('is judged quickly, however it is built', async () => {
    const begun = performance.now();
    for (const part of ['<!DOCTYPE', 'url(', ' on', 'href=', '</svg', '<!--'])
      await refusal(drawing(part.repeat(Math.floor(900_000 / part.length))));
    expect(performance.now() - begun).toBeLessThan(4000);
  });
});
