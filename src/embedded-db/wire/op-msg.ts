// OP_MSG: one command document, with long lists of documents kept as the bytes they came in.
import { decode, keysOf, type Doc } from '../query/bson.ts';
import { MalformedMessage, frame } from './frames.ts';
import { arrayElements, topLevel } from './raw-bson.ts';

export const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const REQUIRED_BITS = 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME);

export interface Request {
  /** The command's name: the first field. */
  readonly name: string;
  readonly body: Doc;
  /** The documents to insert, undecoded. */
  readonly documents: readonly Uint8Array[] | undefined;
  /** False for an unacknowledged write. */
  readonly wantsReply: boolean;
}

/** The command in an OP_MSG body; MalformedMessage when the bytes are not one. */
export function readOpMsg(body: Buffer): Request {
  const flags = body.readUInt32LE(0);
  if (flags & REQUIRED_BITS) throw new MalformedMessage(`unknown flag bits ${flags}`);
  const end = flags & CHECKSUM_PRESENT ? body.length - 4 : body.length;
  let command: Buffer | undefined;
  const sequences = new Map<string, Buffer[]>();
  for (let at = 4; at < end;) {
    const kind = body[at++];
    const size = body.readInt32LE(at);
    if (size < 5 || at + size > end) throw new MalformedMessage(`section of ${size} bytes`);
    const section = body.subarray(at, at + size);
    if (kind === 0) command = section;
    else if (kind === 1) readSequence(section, sequences);
    else throw new MalformedMessage(`section kind ${kind}`);
    at += size;
  }
  if (!command) throw new MalformedMessage('no command section');
  return { ...readCommand(command, sequences), wantsReply: !(flags & MORE_TO_COME) };
}

function readSequence(section: Buffer, sequences: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new MalformedMessage('unterminated sequence name');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length) throw new MalformedMessage(`document of ${size} bytes`);
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  sequences.set(section.toString('utf8', 4, nameEnd), documents);
}

function readCommand(bytes: Buffer, sequences: Map<string, Buffer[]>): Omit<Request, 'wantsReply'> {
  const elements = topLevel(bytes);
  const name = elements[0]?.name ?? '';
  const list =
    name === 'insert'
      ? elements.find((element) => element.name === 'documents' && element.type === 4)
      : undefined;
  const body = list
    ? decode(bytes, new Set(elements.filter((element) => element !== list).map((element) => element.name)))
    : decode(bytes);
  for (const [field, documents] of sequences)
    if (field !== 'documents' || name !== 'insert') body[field] = documents.map((one) => decode(one));
  const documents = list
    ? arrayElements(list.value)
    : name === 'insert'
      ? sequences.get('documents')
      : undefined;
  return { name: keysOf(body)[0] ?? '', body, documents };
}

/** A reply message holding one document. */
export function writeOpMsg(responseTo: number, document: Uint8Array): Buffer {
  return frame(OP_MSG, responseTo, [NO_FLAGS_KIND_0, document]);
}

const NO_FLAGS_KIND_0 = Buffer.alloc(5);
