// Where a key lives: a 32-bit table number, then bytes whose order the table defines.

/** The first key of a table, and so the first key above the table before it. */
export function tableStart(table: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(table);
  return key;
}

/** A key of `table`, made of the parts in turn. */
export function tableKey(table: number, ...parts: readonly Uint8Array[]): Buffer {
  let length = 4;
  for (const part of parts) length += part.length;
  const key = Buffer.allocUnsafe(length);
  key.writeUInt32BE(table);
  let at = 4;
  for (const part of parts) {
    key.set(part, at);
    at += part.length;
  }
  return key;
}

/** Where all keys of a table lie. */
export function tableRange(table: number): { start: Buffer; end: Buffer } {
  return { start: tableStart(table), end: tableStart(table + 1) };
}

/** The first key above every key that starts with `prefix`. */
export function above(prefix: Uint8Array): Buffer {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length -= 1;
  const next = Buffer.from(prefix.subarray(0, length));
  if (length > 0) next[length - 1] = (next[length - 1] ?? 0) + 1;
  return next;
}

/** Bytes in the reverse order, as descending fields hold them. */
export function inverted(bytes: Buffer): Buffer {
  return bytes.map((byte) => ~byte & 0xff) as Buffer;
}
