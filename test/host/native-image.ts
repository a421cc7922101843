/** `nativeImage`: the bytes as they came, and a PNG's size; nothing is drawn. */
import { readFileSync } from 'node:fs';

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface HostImage {
  toPNG(): Buffer;
  toDataURL(): string;
  toBitmap(): Buffer;
  getSize(): Size;
  isEmpty(): boolean;
  resize(size: Partial<Size>): HostImage;
  setTemplateImage(on: boolean): void;
  isTemplateImage(): boolean;
  addRepresentation(): void;
}

function pngSize(bytes: Buffer): Size {
  const isPng = bytes.length > 24 && bytes.toString('latin1', 1, 4) === 'PNG';
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : { width: 0, height: 0 };
}

function image(bytes: Buffer, size = pngSize(bytes)): HostImage {
  let template = false;
  return {
    toPNG: () => bytes,
    toDataURL: () => `data:image/png;base64,${bytes.toString('base64')}`,
    toBitmap: () => bytes,
    getSize: () => size,
    isEmpty: () => bytes.length === 0,
    resize: (wanted) => image(bytes, { ...size, ...wanted }),
    setTemplateImage: (on) => {
      template = on;
    },
    isTemplateImage: () => template,
    addRepresentation: () => undefined,
  };
}

export const nativeImage = {
  createEmpty: (): HostImage => image(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer): HostImage => image(bytes),
  /** An unreadable file gives an empty image, as in Electron. */
  createFromPath: (path: string): HostImage => {
    try {
      return image(readFileSync(path));
    } catch {
      return image(Buffer.alloc(0));
    }
  },
  createFromDataURL: (url: string): HostImage =>
    image(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
  createFromBitmap: (bytes: Buffer, size: Size): HostImage => image(bytes, size),
};
