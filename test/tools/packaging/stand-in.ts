/**
 * A stand-in for Electron's unpacked binary distribution, enough for electron-builder to package the app where the real
 * one cannot be had: an executable with a fuse wire, language packs, and for Windows a PE with a version resource.
 */
import { chmodSync, mkdirSync, appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './run.ts';

/** The published sentinel, wire version 1, nine fuses in Electron's default setting ("1" on, "0" off). */
const FUSE_WIRE = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x09101100111', 'latin1');

const SHARED_FILES = [
  'version',
  'LICENSE',
  'LICENSES.chromium.html',
  'icudtl.dat',
  'resources.pak',
  'v8_context_snapshot.bin',
];

function common(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  for (const name of SHARED_FILES) writeFileSync(join(folder, name), `stand-in for ${name}\n`);
  for (const name of ['id', 'en-US', 'fr'])
    writeFileSync(join(folder, 'locales', `${name}.pak`), 'stand-in\n');
}

export function linuxStandIn(folder: string): void {
  common(folder);
  const script = '#!/bin/sh\necho "stand-in for Electron: $0 $*"\nexit 0\n';
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from(script), FUSE_WIRE]));
  writeFileSync(join(folder, 'chrome-sandbox'), '#!/bin/sh\nexit 0\n');
  chmodSync(join(folder, 'electron'), 0o755);
  chmodSync(join(folder, 'chrome-sandbox'), 0o755);
}

/** Needs makensis: it compiles the PE. @throws Error with makensis's words. */
export async function windowsStandIn(folder: string): Promise<void> {
  common(folder);
  const source = join(folder, '..', 'electron.nsi');
  const exe = join(folder, 'electron.exe');
  const keys = [
    'ProductName',
    'FileDescription',
    'CompanyName',
    'LegalCopyright',
    'ProductVersion',
    'FileVersion',
  ];
  writeFileSync(
    source,
    [
      'Unicode true',
      'Name "stand-in"',
      `OutFile "${exe}"`,
      'RequestExecutionLevel user',
      'VIProductVersion "1.0.0.0"',
      ...keys.map((key) => `VIAddVersionKey /LANG=1033 "${key}" "1.0.0.0"`),
      'Section',
      'SectionEnd',
      '',
    ].join('\n'),
  );
  await must('makensis', ['-V1', source]);
  appendFileSync(exe, FUSE_WIRE);
}
