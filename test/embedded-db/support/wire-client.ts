// Speaks OP_MSG by hand, where the driver would not let a test say what it wants.
import { deserialize, serialize, type Document } from 'bson';
import { connect, type Socket } from 'node:net';

export interface WireClient {
  /** Sends one command and resolves with its reply. */
  command(body: Document): Promise<Document>;
  /** Sends raw bytes; resolves with the first answer, or `undefined` when the server closes the connection. */
  raw(bytes: Buffer): Promise<Buffer | undefined>;
  close(): void;
}

/** Connects to the socket of a `mongodb://` address, or to a port of this machine. */
export function wireClient(place: string | number): WireClient {
  const socket: Socket = typeof place === 'number' ? connect(place, '127.0.0.1') : connect(socketOf(place));
  const waiting: ((reply: Buffer | undefined) => void)[] = [];
  let held = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 4 && held.length >= held.readInt32LE(0)) {
      const length = held.readInt32LE(0);
      waiting.shift()?.(held.subarray(0, length));
      held = held.subarray(length);
    }
  });
  socket.on('error', () => undefined);
  socket.on('close', () => waiting.splice(0).forEach((tell) => tell(undefined)));
  const raw = (bytes: Buffer): Promise<Buffer | undefined> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      socket.write(bytes);
    });
  return {
    raw,
    command: async (body) => {
      const reply = await raw(opMsg(serialize(body)));
      if (!reply) throw new Error('the server closed the connection');
      return deserialize(reply.subarray(21), { promoteLongs: true });
    },
    close: () => void socket.destroy(),
  };
}

function socketOf(uri: string): string {
  return decodeURIComponent(new URL(uri.replace('mongodb://', 'http://x/')).pathname.split('/')[1] ?? '');
}

/** An OP_MSG message with these flags and sections. */
export function opMsg(document: Uint8Array, flags = 0, more: Uint8Array = Buffer.alloc(0)): Buffer {
  return message(2013, Buffer.concat([int32(flags), Buffer.of(0), document, more]));
}

/** A message of any operation. */
export function message(opCode: number, body: Uint8Array): Buffer {
  return Buffer.concat([int32(16 + body.length), int32(1), int32(0), int32(opCode), body]);
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
