import type { Binarizer } from 'zxing-wasm/reader';
import type { ScannedCode } from '../contract/statement.ts';

/** A picture in memory: four octets a pixel, red, green, blue, alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Finds the QR codes of a picture. */
export type CodeReader = (pixels: Pixels, effort: Effort) => Promise<readonly ScannedCode[]>;

/** How to look: uneven light asks for the one, faint print for the other, speckled paper for the third. */
export type Effort = 'even' | 'faint' | 'speckled';

/** So many on one page; a sheet of stickers has fewer. */
const mostCodes = 16;
/** Four times what a statement has; longer codes are cut, they are none of ours. */
const mostText = 1000;

const looks: Readonly<Record<Effort, { readonly binarizer: Binarizer; readonly tryDenoise: boolean }>> = {
  even: { binarizer: 'LocalAverage', tryDenoise: false },
  faint: { binarizer: 'GlobalHistogram', tryDenoise: false },
  speckled: { binarizer: 'LocalAverage', tryDenoise: true },
};

/**
 * QR codes (ISO/IEC 18004) of any turn, also mirrored or light on dark.
 * @param wasm the reader's program from the application's own files: left to itself, the library would fetch it.
 */
export async function openCodeReader(wasm: Uint8Array): Promise<CodeReader> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  // A copy of exactly these bytes: a Buffer may lie in a larger piece of memory.
  await prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(wasm).buffer },
    fireImmediately: true,
  });
  return async ({ width, height, data }, effort) => {
    // Its types speak of a browser's picture; it asks for no more than these three.
    const picture = { width, height, data } as unknown as Parameters<typeof readBarcodes>[0];
    const found = await readBarcodes(picture, {
      ...looks[effort],
      formats: ['QRCode'],
      tryHarder: true,
      textMode: 'Plain',
      maxNumberOfSymbols: mostCodes,
    });
    return found
      .filter((one) => one.isValid)
      .map(({ text, position }) => ({
        text: text.slice(0, mostText),
        corners: [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft].map(
          ({ x, y }) => [share(x, width), share(y, height)] as const,
        ),
      }));
  };
}

const share = (at: number, whole: number): number => Math.min(1, Math.max(0, at / whole));
