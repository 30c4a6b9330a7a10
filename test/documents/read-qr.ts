// Reads a QR code of versions 1 to 6, error correction M, one byte segment, without correcting errors.

// Data codewords of each block, by version.
const blocks: readonly (readonly number[])[] = [[], [16], [28], [44], [32, 32], [43, 43], [27, 27, 27, 27]];

const masks: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

export function readQr(modules: readonly (readonly boolean[])[]): string {
  const size = modules.length;
  const version = (size - 17) / 4;
  const lengths = blocks[version];
  if (lengths === undefined || lengths.length === 0)
    throw new Error(`QR version ${version} is not read here`);
  const format = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => Number(modules[8]![column]));
  const unmasked = parseInt(format.join(''), 2) ^ (0b101010000010010 >> 7);
  if (unmasked >> 6 !== 0) throw new Error('The error correction level is not M');
  const mask = masks[(unmasked >> 3) & 7]!;
  const bits = readBits(modules, size, version, mask);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const codewords = Array.from({ length: total }, (_, index) =>
    parseInt(bits.slice(index * 8, index * 8 + 8), 2),
  );
  const data = lengths.flatMap((length, block) =>
    Array.from({ length }, (_, index) => codewords[index * lengths.length + block]!),
  );
  const stream = data.map((word) => word.toString(2).padStart(8, '0')).join('');
  if (stream.slice(0, 4) !== '0100') throw new Error('The segment is not bytes');
  const count = parseInt(stream.slice(4, 12), 2);
  const bytes = Array.from({ length: count }, (_, index) =>
    parseInt(stream.slice(12 + index * 8, 20 + index * 8), 2),
  );
  return Buffer.from(bytes).toString('utf8');
}

function readBits(
  modules: readonly (readonly boolean[])[],
  size: number,
  version: number,
  mask: (row: number, column: number) => boolean,
): string {
  let bits = '';
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1) {
      const row = up ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (isFunction(row, column, size, version)) continue;
        bits += modules[row]![column] !== mask(row, column) ? '1' : '0';
      }
    }
    up = !up;
  }
  return bits;
}

function isFunction(row: number, column: number, size: number, version: number): boolean {
  if (row === 6 || column === 6) return true;
  if (row < 9 && column < 9) return true;
  if (row < 9 && column >= size - 8) return true;
  if (row >= size - 8 && column < 9) return true;
  const centre = size - 7;
  return version > 1 && Math.abs(row - centre) <= 2 && Math.abs(column - centre) <= 2;
}
