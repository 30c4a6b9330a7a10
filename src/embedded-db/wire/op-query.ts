// The legacy handshake: drivers may send their first `hello` or `isMaster` as OP_QUERY and expect OP_REPLY.
import { decode, type Doc } from '../query/bson.ts';
import { MalformedMessage, frame } from './frames.ts';

export const OP_QUERY = 2004;
const OP_REPLY = 1;

/** The command and database of an OP_QUERY body. */
export function readOpQuery(body: Buffer): { command: Doc; db: string } {
  const nameEnd = body.indexOf(0, 4);
  if (nameEnd < 0) throw new MalformedMessage('unterminated collection name');
  const [db = ''] = body.toString('utf8', 4, nameEnd).split('.');
  const at = nameEnd + 1 + 8;
  const size = body.readInt32LE(at);
  if (size < 5 || at + size > body.length) throw new MalformedMessage(`query of ${size} bytes`);
  return { command: decode(body.subarray(at, at + size)), db };
}

/** An OP_REPLY holding one document. */
export function writeOpReply(responseTo: number, document: Uint8Array): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(8, 0);
  head.writeInt32LE(1, 16);
  return frame(OP_REPLY, responseTo, [head, document]);
}
