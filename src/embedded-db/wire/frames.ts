// Cuts a byte stream into wire protocol messages.

const HEADER = 16;
/** The largest message a client may send, as `hello` announces. */
export const MAX_MESSAGE = 48_000_000;

export interface Frame {
  readonly requestId: number;
  readonly opCode: number;
  readonly body: Buffer;
}

export class MalformedMessage extends Error {}

/** Returns a function that takes chunks as they arrive and gives the messages they complete, none longer than `most` says. */
export function frameReader(most = () => MAX_MESSAGE): (chunk: Buffer) => Frame[] {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = HEADER;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    const frames: Frame[] = [];
    while (held >= wanted) {
      const buffer = chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks);
      const length = buffer.readInt32LE(0);
      if (length < HEADER || length > most()) throw new MalformedMessage(`message length ${length}`);
      wanted = length;
      chunks = [buffer];
      if (held < length) break;
      frames.push({
        requestId: buffer.readInt32LE(4),
        opCode: buffer.readInt32LE(12),
        body: buffer.subarray(HEADER, length),
      });
      const rest = buffer.subarray(length);
      chunks = rest.length > 0 ? [rest] : [];
      held = rest.length;
      wanted = HEADER;
    }
    return frames;
  };
}

/** One message ready to send. */
export function frame(opCode: number, responseTo: number, parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, HEADER);
  const header = Buffer.allocUnsafe(HEADER);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(0, 4);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, ...parts], length);
}
