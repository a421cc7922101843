import { encode } from 'uqr';

/**
 * A QR code (ISO/IEC 18004) as SVG, without its quiet zone, which the signature box leaves around it. Level M or
 * better. One path, filled once: squares drawn one by one would leave hairlines between them.
 */
export function qrSvg(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', boostEcc: true, border: 0 });
  const runs = data.map((row, y) => darkRuns(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${runs.flat().join('')}"/></svg>`;
}

/** Start and length of each run of dark modules. */
function darkRuns(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1);
    if (!dark) continue;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
