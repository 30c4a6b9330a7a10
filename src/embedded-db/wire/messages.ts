// From bytes to commands: frames, OP_MSG, and the OP_QUERY by which drivers may send their first `hello` or `isMaster`.
import { onDemand } from 'bson';
import { decode, keysOf, type Doc } from '../query/bson.ts';
import { QueryError } from '../query/errors.ts';

/** The largest message a client may send, as `hello` announces. */
export const MAX_MESSAGE = 48_000_000;
/** The most statements of one write command, as `hello` announces. */
export const MAX_STATEMENTS = 100_000;
const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const REQUIRED_BITS = 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME);
// Types of BSON.
const OBJECT = 3;
const ARRAY = 4;

/** Returns a function that takes chunks as they arrive and gives the messages they complete one by one, none longer than `most` says. */
export function frameReader(most: () => number): (chunk: Buffer) => Generator<Buffer, void, void> {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = HEADER;
  return function* (chunk) {
    chunks.push(chunk);
    held += chunk.length;
    while (held >= wanted) {
      const buffer = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      const length = buffer.readInt32LE(0);
      if (length < HEADER || length > most()) throw new Error(`message length ${length}`);
      wanted = length;
      chunks = [buffer];
      if (held < length) break;
      held -= length;
      chunks = held > 0 ? [buffer.subarray(length)] : [];
      wanted = HEADER;
      yield buffer.subarray(0, length);
    }
  };
}

// One message ready to send.
function frame(opCode: number, responseTo: number, parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, HEADER);
  const header = Buffer.allocUnsafe(HEADER);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(0, 4);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, ...parts], length);
}

export interface Request {
  /** The command's name: the first field. */
  readonly name: string;
  readonly body: Doc;
  /** The documents to insert, undecoded. */
  readonly documents?: readonly Uint8Array[] | undefined;
}

export interface Message {
  /** The command. QueryError where its sections or their BSON are malformed, which the client is told. */
  read(): Request;
  /** Whether it came as OP_QUERY. */
  readonly legacy: boolean;
  /** The message that carries this reply; `undefined` for an unacknowledged write. */
  reply(document: Uint8Array): Buffer | undefined;
}

/** What is in a message; an error of any kind where nothing in it can be answered. */
export function readMessage(message: Buffer): Message {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  const body = message.subarray(HEADER);
  if (opCode === OP_QUERY)
    return {
      read: () => wellFormed(() => readQuery(body)),
      legacy: true,
      reply: (document) => opReply(requestId, document),
    };
  if (opCode !== OP_MSG) throw new Error(`unknown operation ${opCode}`);
  const flags = body.readUInt32LE(0);
  if (flags & REQUIRED_BITS) throw new Error(`unknown flag bits ${flags}`);
  const reply = (document: Uint8Array): Buffer => frame(OP_MSG, requestId, [NO_FLAGS_KIND_0, document]);
  return {
    read: () => wellFormed(() => readSections(body.subarray(4, flags & CHECKSUM_PRESENT ? -4 : undefined))),
    legacy: false,
    reply: flags & MORE_TO_COME ? () => undefined : reply,
  };
}

const NO_FLAGS_KIND_0 = Buffer.alloc(5);

function wellFormed(read: () => Request): Request {
  try {
    return read();
  } catch (error) {
    throw error instanceof QueryError ? error : new QueryError(22, `malformed message: ${String(error)}`);
  }
}

function readSections(sections: Buffer): Request {
  let command: Buffer | undefined;
  const sequences = new Map<string, Buffer[]>();
  for (let at = 0; at < sections.length;) {
    const kind = sections[at++];
    const section = sized(sections, at);
    if (kind === 0 && command) throw new QueryError(40430, 'Multiple body sections in message');
    if (kind === 0) command = section;
    else if (kind === 1) readSequence(section, sequences);
    else throw new Error(`section kind ${kind}`);
    at += section.length;
  }
  if (!command) throw new Error('no command section');
  return readCommand(command, sequences);
}

function readSequence(section: Buffer, sequences: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new Error('unterminated sequence name');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length; at += documents.at(-1)!.length)
    documents.push(sized(section, at));
  const name = section.toString('utf8', 4, nameEnd);
  if (sequences.has(name)) throw new QueryError(40431, `Duplicate document sequence: ${name}`);
  sequences.set(name, documents);
}

// A section or document, which begins with its size.
function sized(bytes: Buffer, at: number): Buffer {
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > bytes.length) throw new Error(`${size} bytes of ${bytes.length - at}`);
  return bytes.subarray(at, at + size);
}

// Documents to insert stay the bytes they came in, be they a sequence or a list in the command.
function readCommand(bytes: Buffer, sequences: Map<string, Buffer[]>): Request {
  const name = bytes.toString('utf8', 5, bytes.indexOf(0, 5));
  const list = name === 'insert' ? listedDocuments(bytes) : undefined;
  const documents = list?.documents ?? (name === 'insert' ? sequences.get('documents') : undefined);
  const body = decode(bytes, list?.otherFields);
  for (const [field, sequence] of sequences) {
    if (Object.hasOwn(body, field) || (list && field === 'documents'))
      throw new QueryError(40433, `Duplicate field between body and document sequence ${field}`);
    if (sequence !== documents) body[field] = sequence.map((one) => decode(one));
  }
  return { name, body, documents };
}

function listedDocuments(bytes: Buffer): { documents: Buffer[]; otherFields: Set<string> } | undefined {
  const elements = [...onDemand.parseToElements(bytes)];
  const nameOf = ([, at, length]: Element): string => bytes.toString('utf8', at, at + length);
  const list = elements.find((one) => one[0] === ARRAY && nameOf(one) === 'documents');
  if (!list) return undefined;
  const documents: Buffer[] = [];
  for (const element of onDemand.parseToElements(bytes, list[3])) {
    if (element[0] !== OBJECT) return undefined;
    documents.push(bytes.subarray(element[3], element[3] + element[4]));
  }
  return { documents, otherFields: new Set(elements.filter((one) => one !== list).map(nameOf)) };
}

type Element = readonly [type: number, nameAt: number, nameLength: number, at: number, length: number];

function readQuery(body: Buffer): Request {
  const nameEnd = body.indexOf(0, 4);
  if (nameEnd < 0) throw new Error('unterminated collection name');
  const command = decode(sized(body, nameEnd + 1 + 8));
  const [name = ''] = keysOf(command);
  command['$db'] = body.toString('utf8', 4, nameEnd).split('.', 1)[0] ?? '';
  return { name, body: command };
}

function opReply(responseTo: number, document: Uint8Array): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(8, 0);
  head.writeInt32LE(1, 16);
  return frame(OP_REPLY, responseTo, [head, document]);
}
