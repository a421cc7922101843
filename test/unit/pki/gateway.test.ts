import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/main/core/contract/errors.ts';
import type { GatewayOrder } from '../../../src/main/core/contract/gateway.ts';
import { requireActive, signedFile, signRequest, statusRequest } from '../../../src/main/core/pki/index.ts';

/** Requests of the BSrE Esign Client Service as DOMAIN §6 gives them, and answers that nobody should send. */
const order: GatewayOrder = {
  pdf: Buffer.from('%PDF-1.7 surat'),
  signer: '1807012345678901',
  passphrase: 'Rahasia#Sekali "2026"\r\n--x',
  reason: 'Pengesahan',
  location: null,
  visible: { page: 2, x: 10, y: 20, w: 150, h: 60, image: Buffer.from('gambar') },
};

describe('requests', () => {
  it('version 2 with a mark, by e-mail address', () => {
    const request = signRequest(2, { ...order, signer: 'siti@lampungtimurkab.go.id' });
    expect(request).toMatchObject({ path: '/api/v2/sign/pdf', type: 'application/json' });
    expect(JSON.parse(request.bytes.toString())).toEqual({
      email: 'siti@lampungtimurkab.go.id',
      passphrase: order.passphrase,
      signatureProperties: [
        {
          tampilan: 'VISIBLE',
          imageBase64: Buffer.from('gambar').toString('base64'),
          page: 2,
          originX: 10,
          originY: 20,
          width: 150,
          height: 60,
          reason: 'Pengesahan',
        },
      ],
      file: [Buffer.from('%PDF-1.7 surat').toString('base64')],
    });
    expect(JSON.parse(statusRequest(order.signer).bytes.toString())).toEqual({ nik: order.signer });
  });

  it('version 1 with a mark: whatever the passphrase holds, it stays one field', async () => {
    const request = signRequest(1, order);
    expect(request.path).toBe('/api/sign/pdf');
    const body = new Uint8Array(request.bytes);
    const form = await new Response(body, { headers: { 'Content-Type': request.type } }).formData();
    expect([...form.keys()].sort()).toEqual(
      ['file', 'height', 'image', 'imageTTD', 'nik', 'page', 'passphrase', 'reason', 'tampilan'].concat([
        'width',
        'xAxis',
        'yAxis',
      ]),
    );
    expect(form.get('passphrase')).toBe(order.passphrase);
    expect(form.get('tampilan')).toBe('visible');
    const file = form.get('file');
    expect(file instanceof File && (await file.text())).toBe('%PDF-1.7 surat');
  });

  it.each([
    [1, 'siti@lampungtimurkab.go.id'],
    [1, '123'],
    [2, ''],
    [2, 'siti'],
  ] as const)('version %d does not ask for %j', (version, signer) => {
    expect(() => signRequest(version, { ...order, signer })).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST' }),
    );
  });
});

describe('answers', () => {
  it('end in a PDF or in a coded refusal, whatever they hold', () => {
    const reply = fc.record({
      status: fc.constantFrom(200, 204, 301, 400, 401, 500),
      type: fc.constantFrom('application/json', 'application/pdf', 'text/html', ''),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text)),
        fc
          .record(
            {
              file: fc.oneof(fc.array(fc.string()), fc.constant(['JVBERi0xLjc=']), fc.string()),
              error: fc.string(),
              status_code: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
              status: fc.string(),
            },
            { requiredKeys: [] },
          )
          .map((value) => Buffer.from(JSON.stringify(value))),
      ),
    });
    fc.assert(
      fc.property(reply, fc.constantFrom(1 as const, 2 as const), (given, version) => {
        for (const read of [() => signedFile(version, given), () => (requireActive(given), null)]) {
          try {
            const pdf = read();
            if (pdf) expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
            // a service's own words can quote names and numbers
            const { params = {} } = error as AppError;
            for (const value of Object.values(params))
              expect(String(value)).toMatch(/^([A-Z_]{1,40}|-?\d+|\?)$/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
