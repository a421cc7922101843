import { execFileSync } from 'node:child_process';
import { sign as signWithKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import { degrees, PDFDocument } from 'pdf-lib';
import type { Party } from '../../fixtures/authorities.ts';
import { inputPdf, pdfWithEmptyField } from '../../fixtures/signing-input.ts';
import { makePdf, onePage } from '../../unit/pdf/make-pdf.ts';
import type { ShapeName } from './cells.ts';

/** The files that are signed, one of each shape. */

export const password = 'buka';

export interface Input {
  readonly bytes: Uint8Array;
  readonly field?: string;
  readonly password?: string;
  /** Signatures of others that it has already. */
  readonly signed: number;
}

export async function inputOf(shape: ShapeName, folder: string, other: Party): Promise<Input> {
  const byQpdf = async (...options: readonly string[]): Promise<Input> => {
    const [from, to] = [join(folder, 'plain.pdf'), join(folder, 'made.pdf')];
    writeFileSync(from, await inputPdf('table'));
    execFileSync('qpdf', [...options, from, to]);
    return { bytes: readFileSync(to), signed: 0 };
  };
  switch (shape) {
    case 'table 1.3':
    case 'table 1.4':
    case 'table 1.7':
    case 'table 2.0': {
      const bytes = Buffer.from(makePdf({ objects: onePage }));
      bytes.write(shape.slice(-3), 5, 'latin1');
      return { bytes, signed: 0 };
    }
    case 'stream 1.5':
      return byQpdf('--force-version=1.5', '--object-streams=generate');
    case 'hybrid 1.5':
      return { bytes: await inputPdf('hybrid'), signed: 0 };
    case 'object streams 1.6':
      return byQpdf('--force-version=1.6', '--object-streams=generate');
    case 'stream 2.0':
      return byQpdf('--force-version=2.0', '--object-streams=generate');
    case 'turned and cropped': {
      const document = await PDFDocument.create();
      const page = document.addPage([500, 400]);
      page.setRotation(degrees(90));
      page.setCropBox(50, 40, 400, 300);
      return { bytes: await document.save(), signed: 0 };
    }
    case 'form': {
      const document = await PDFDocument.create();
      const page = document.addPage([500, 400]);
      document.getForm().createTextField('nama').addToPage(page, { x: 50, y: 300, width: 200, height: 20 });
      return { bytes: await document.save({ useObjectStreams: false }), signed: 0 };
    }
    case 'empty field':
      return { bytes: await pdfWithEmptyField('TTD'), field: 'TTD', signed: 0 };
    case 'signed by others':
      return { bytes: await signedByOthers(other), signed: 1 };
    case 'encrypted':
      return { ...(await byQpdf('--encrypt', password, 'pemilik', '256', '--')), password };
    case 'linearized':
      return byQpdf('--linearize');
  }
}

async function signedByOthers({ certificate, key }: Party): Promise<Uint8Array> {
  const document = await PDF.load(await inputPdf('stream'));
  const { bytes } = await document.sign({
    signer: {
      certificate: Uint8Array.from(certificate),
      keyType: 'RSA',
      signatureAlgorithm: 'RSASSA-PKCS1-v1_5',
      sign: async (data) => Uint8Array.from(signWithKey('sha256', data, key)),
    },
  });
  return bytes;
}
