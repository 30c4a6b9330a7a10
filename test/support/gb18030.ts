/** GB18030 bytes of common characters, by turning the decoder round. */
export function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) {
      if (low === 0x7f) continue;
      const char = decoder.decode(new Uint8Array([high, low]));
      if (!table.has(char)) table.set(char, [high, low]);
    }
  return Buffer.from(
    [...text].flatMap((char) => (char < '\u0080' ? [char.charCodeAt(0)] : table.get(char)!)),
  );
}
