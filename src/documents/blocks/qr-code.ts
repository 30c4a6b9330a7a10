// A QR code as runs of rectangles in a single fill.
import type { create } from 'qrcode';
import { num } from '../text/pen.ts';

export interface QrMatrix {
  /** Modules a side. */
  readonly size: number;
  /** Row by row, 1 for dark. */
  readonly modules: Uint8Array;
}

/** Encodes a text as one byte segment with a fixed mask, which costs a fraction of trying all and reads as well. */
export type QrEncoder = (text: string) => QrMatrix;

let loading: Promise<typeof create> | null = null;

/** Loads the encoder; error correction M restores about 15 %. */
export async function loadQrEncoder(): Promise<QrEncoder> {
  loading ??= import('qrcode').then((module) => module.default.create);
  const createQr = await loading;
  return (text) => {
    const { modules } = createQr([{ data: Buffer.from(text, 'utf8'), mode: 'byte' }], {
      errorCorrectionLevel: 'M',
      maskPattern: 2,
    });
    return { size: modules.size, modules: modules.data };
  };
}

/** Content operators that draw the code with its top left module at (x, y), `width` points a side. */
export function drawQr({ size, modules }: QrMatrix, x: number, y: number, width: number): string {
  const operators = [
    `${Math.round((width / size) * 1e5) / 1e5} 0 0 ${Math.round((width / size) * 1e5) / 1e5} ${num(x)} ${num(y)} cm 0 g`,
  ];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (modules[row * size + column] !== 1) continue;
      let end = column + 1;
      while (end < size && modules[row * size + end] === 1) end += 1;
      operators.push(`${column} ${row} ${end - column} 1 re`);
      column = end;
    }
  }
  return `${operators.join(' ')} f`;
}
