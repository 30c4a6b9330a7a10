// Field names recur in every document, so decoding them to the same string object is most of a fast decoder.

const SIZE = 8192;
const cache: (string | undefined)[] = new Array<string | undefined>(SIZE);

/** The zero-terminated field name at `start`, whose terminator is at `end`. */
export function readKey(buffer: Buffer, start: number, end: number, hash: number): string {
  const slot = hash & (SIZE - 1);
  const cached = cache[slot];
  const length = end - start;
  if (cached !== undefined && cached.length === length) {
    let index = 0;
    while (index < length && cached.charCodeAt(index) === buffer[start + index]) index += 1;
    if (index === length) return cached;
  }
  let ascii = true;
  for (let at = start; at < end && ascii; at += 1) ascii = buffer[at]! < 0x80;
  if (!ascii) return buffer.toString(undefined, start, end);
  const key = buffer.toString('latin1', start, end);
  cache[slot] = key;
  return key;
}
