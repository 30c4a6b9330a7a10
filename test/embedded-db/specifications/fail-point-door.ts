// A door before the server that does what MongoDB's test-only `failCommand` does: the next commands of a name get an error,
// lose their connection or wait. The embedded server itself has no such switch.
import { deserialize, serialize, type Document } from 'bson';
import { connect, createServer, type Socket } from 'node:net';

export interface FailPoint {
  readonly configureFailPoint?: string;
  readonly mode: 'off' | 'alwaysOn' | { readonly times?: number; readonly skip?: number };
  readonly data?: Failure;
}

interface Failure {
  readonly failCommands?: readonly string[];
  readonly errorCode?: number;
  readonly errorLabels?: readonly string[];
  readonly closeConnection?: boolean;
  readonly writeConcernError?: Document;
  readonly blockConnection?: boolean;
  readonly blockTimeMS?: number;
  /** Of `onPrimaryTransactionalWrite`: the connection is lost before the write is made, not after. */
  readonly failBeforeCommitExceptionCode?: number;
}

export interface FailPointDoor {
  set(point: FailPoint): void;
  close(): Promise<void>;
}

const opMsg = 2013;
/** What a primary says while it steps down or shuts down, and what the network loses: a write may be tried again. */
const retryable = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
/** A transaction that cannot be any more, whatever of it fails. */
const undone = new Set([24, 112, 246, 251, 267]);
const transient = new Set([...retryable, ...undone]);
const codeNames: Record<number, string> = { 50: 'MaxTimeMSExpired', 11601: 'Interrupted' };
const ends = new Set(['commitTransaction', 'abortTransaction']);

/** Listens on a Unix socket and passes everything on to another. */
export async function openFailPointDoor(path: string, target: string): Promise<FailPointDoor> {
  let armed: Failure | null = null;
  let perStatement = false;
  let left = 0;
  let skip = 0;
  const sockets = new Set<Socket>();
  /** Writes made before their reply was lost: sent again, they make nothing more that could fail. */
  const made = new Set<string>();

  const struck = (frame: Buffer, body: Document): Failure | null => {
    if (armed === null || left <= 0) return null;
    const hits = perStatement ? (made.has(writeOf(body)) ? 0 : statementsOf(frame, body)) : 1;
    if (!perStatement && !(armed.failCommands ?? []).includes(nameOf(body))) return null;
    if (hits === 0) return null;
    if (skip >= hits) {
      skip -= hits;
      return null;
    }
    skip = 0;
    left -= 1;
    return armed;
  };

  const server = createServer((client) => {
    const behind = connect(target);
    const amend = new Map<number, Document>();
    /** Writes that are made and whose reply is not to arrive. */
    const lost = new Set<number>();
    const end = (): void => {
      client.destroy();
      behind.destroy();
    };
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    onFrames(client, (frame) => {
      const body = bodyOf(frame);
      const hit = body && struck(frame, body);
      if (!body || !hit) return void behind.write(frame);
      if (perStatement) {
        if (hit.failBeforeCommitExceptionCode !== undefined) return end();
        lost.add(frame.readInt32LE(4));
        made.add(writeOf(body));
        return void behind.write(frame);
      }
      const answer = (): void => {
        if (hit.closeConnection) return end();
        if (hit.writeConcernError) {
          amend.set(frame.readInt32LE(4), {
            writeConcernError: hit.writeConcernError,
            ...labelsOf(hit, body),
          });
          behind.write(frame);
        } else if (hit.errorCode !== undefined) {
          const errmsg = `Failing command via 'failCommand' failpoint`;
          const codeName = codeNames[hit.errorCode] ?? `Location${hit.errorCode}`;
          const failed = { ok: 0, errmsg, code: hit.errorCode, codeName, ...labelsOf(hit, body) };
          client.write(reply(frame.readInt32LE(4), failed));
        } else behind.write(frame);
      };
      if (hit.blockConnection) setTimeout(answer, hit.blockTimeMS ?? 0);
      else answer();
    });
    onFrames(behind, (frame) => {
      if (lost.has(frame.readInt32LE(8))) return end();
      const more = amend.get(frame.readInt32LE(8));
      if (more === undefined) return void client.write(frame);
      client.write(reply(frame.readInt32LE(8), { ...deserialize(frame.subarray(21)), ...more }));
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));

  return {
    set({ configureFailPoint, mode, data }) {
      perStatement = configureFailPoint === 'onPrimaryTransactionalWrite';
      armed = mode === 'off' ? null : (data ?? (perStatement ? {} : null));
      left = typeof mode === 'object' ? (mode.times ?? Infinity) : Infinity;
      skip = typeof mode === 'object' ? (mode.skip ?? 0) : 0;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The labels a server of version 4.4 or later sends with such an error. */
function labelsOf(hit: Failure, body: Document): { errorLabels?: readonly string[] } {
  if (hit.errorLabels) return { errorLabels: hit.errorLabels };
  const code = hit.errorCode ?? Number(hit.writeConcernError?.['code'] ?? 0);
  const command = nameOf(body);
  if (body['autocommit'] === false && hit.writeConcernError) {
    if (!ends.has(command)) return {};
  } else if (body['autocommit'] === false && (!ends.has(command) || undone.has(code)))
    return transient.has(code) ? { errorLabels: ['TransientTransactionError'] } : {};
  const writes = body['txnNumber'] !== undefined;
  return writes && retryable.has(code) ? { errorLabels: ['RetryableWriteError'] } : {};
}

const nameOf = (body: Document): string => Object.keys(body)[0] ?? '';

const writeOf = (body: Document): string => `${JSON.stringify(body['lsid'])} ${String(body['txnNumber'])}`;

/** How many single writes a retryable command makes; none for any other. */
function statementsOf(frame: Buffer, body: Document): number {
  if (body['txnNumber'] === undefined || body['autocommit'] !== undefined) return 0;
  const lists = { insert: 'documents', update: 'updates', delete: 'deletes' } as const;
  const list = lists[nameOf(body) as keyof typeof lists];
  if (list === undefined) return nameOf(body) === 'findAndModify' ? 1 : 0;
  if (Array.isArray(body[list])) return body[list].length;
  // Otherwise they follow the command as a sequence: kind, size, name, documents.
  let at = 21 + frame.readInt32LE(21);
  const end = at + 1 + frame.readInt32LE(at + 1);
  let count = 0;
  for (at = frame.indexOf(0, at + 5) + 1; at < end; at += frame.readInt32LE(at)) count += 1;
  return count;
}

function onFrames(socket: Socket, take: (frame: Buffer) => void): void {
  let held = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 4 && held.length >= held.readInt32LE(0)) {
      const frame = held.subarray(0, held.readInt32LE(0));
      held = held.subarray(frame.length);
      take(frame);
    }
  });
}

function bodyOf(frame: Buffer): Document | null {
  if (frame.readInt32LE(12) !== opMsg || frame[20] !== 0) return null;
  const length = frame.readInt32LE(21);
  return deserialize(frame.subarray(21, 21 + length));
}

function reply(responseTo: number, document: Document): Buffer {
  const body = Buffer.concat([Buffer.alloc(5), serialize(document)]);
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + body.length, 0);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(opMsg, 12);
  return Buffer.concat([head, body]);
}
