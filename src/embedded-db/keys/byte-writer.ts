// A growing byte buffer for building keys, reused between keys.

const INITIAL = 1024;

export interface ByteWriter {
  byte(value: number): void;
  bytes(value: Uint8Array): void;
  uint32(value: number): void;
  /** Sortable 8-byte form of a double: the sign bit flipped, or every bit of a negative number. */
  sortableDouble(value: number): void;
  utf8(value: string): void;
  position(): number;
  /** Inverts every byte from `from` on, which reverses their order. */
  invertFrom(from: number): void;
  /** A copy of what was written since the last `take`. */
  take(): Buffer;
}

/** A byte writer that starts empty and grows as needed. */
export function byteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafe(INITIAL);
  let length = 0;
  const reserve = (more: number): void => {
    if (length + more <= buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + more));
    buffer.copy(grown, 0, 0, length);
    buffer = grown;
  };
  return {
    byte(value) {
      reserve(1);
      buffer[length++] = value;
    },
    bytes(value) {
      reserve(value.length);
      buffer.set(value, length);
      length += value.length;
    },
    uint32(value) {
      reserve(4);
      length = buffer.writeUInt32BE(value >>> 0, length);
    },
    sortableDouble(value) {
      reserve(8);
      buffer.writeDoubleBE(value, length);
      if ((buffer[length] ?? 0) & 0x80)
        for (let i = 0; i < 8; i++) buffer[length + i] = ~(buffer[length + i] ?? 0) & 0xff;
      else buffer[length] = (buffer[length] ?? 0) | 0x80;
      length += 8;
    },
    utf8(value) {
      reserve(value.length * 3);
      length += buffer.write(value, length, 'utf8');
    },
    position: () => length,
    invertFrom(from) {
      for (let i = from; i < length; i++) buffer[i] = ~(buffer[i] ?? 0) & 0xff;
    },
    take() {
      const copy = Buffer.from(buffer.subarray(0, length));
      length = 0;
      return copy;
    },
  };
}
