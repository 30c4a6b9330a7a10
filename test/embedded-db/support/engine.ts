// An engine on a fresh directory, without sockets: commands that stop between two steps, and batches that cannot be committed.
import { Binary } from 'bson';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newCaller } from '../../../src/embedded-db/auth/caller.ts';
import { commandOf } from '../../../src/embedded-db/commands/registry.ts';
import { Engine } from '../../../src/embedded-db/engine.ts';
import { decode, encode, type Doc } from '../../../src/embedded-db/query/bson.ts';
import { dispatch } from '../../../src/embedded-db/session/dispatch.ts';
import { operation } from '../../../src/embedded-db/session/operation.ts';
import type { WriteWork } from '../../../src/embedded-db/storage/writer.ts';
import type { Answer } from '../../../src/embedded-db/wire/reply.ts';

export interface Reply extends Record<string, unknown> {
  readonly ok: number;
  readonly cursor: { readonly id: bigint; readonly firstBatch: Doc[]; readonly nextBatch: Doc[] };
}

/** A command that waits between two of its steps; those before are committed. */
export interface Paused {
  /** Takes so many steps more and waits again. */
  step(steps: number): Promise<void>;
  /** Takes all that are left. */
  goOn(): Promise<Answer>;
}

export type OpenedEngine = ReturnType<typeof openEngine>;

/** Opens an engine; unless told so its commits are not flushed one by one. `reopen` ends it and opens its data again. */
export function openEngine({ durable = false } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-engine-'));
  const opened = (): Engine => new Engine({ dir, address: 'unused', durable });
  let engine = opened();
  const caller = newCaller(1, undefined);
  const requestOf = (command: object) => {
    const body = decode(encode({ $db: 'test', ...command } as Doc));
    return { name: Object.keys(command)[0]!, body };
  };
  const submit = <T>(work: WriteWork<T>): Promise<T> => engine.writer.submit(work);
  return {
    dir,
    get engine(): Engine {
      return engine;
    },
    /** What a client is answered. */
    run: async (command: object): Promise<Reply> =>
      decode(await dispatch(engine, caller, requestOf(command))) as unknown as Reply,
    /** Takes `steps` steps of a command, one commit for all of them, and waits. */
    async pause(command: object, steps: number): Promise<Paused> {
      const request = requestOf(command);
      const work = commandOf(request)(operation(engine, 'test'), request) as WriteWork<Answer>;
      const turn = { left: steps, release: (): void => undefined };
      const answer = submit(inSteps(work, turn));
      answer.catch(() => undefined);
      await submit(nothing());
      return {
        async step(more) {
          turn.left = more;
          turn.release();
          for (let i = 0; i < 3; i += 1) await submit(nothing());
        },
        goOn() {
          turn.left = Infinity;
          turn.release();
          return answer;
        },
      };
    },
    /** A batch that does the `command`, and then cannot be committed. */
    async loseCommit(command?: object): Promise<void> {
      const request = command && requestOf(command);
      const work = request && commandOf(request)(operation(engine, 'test'), request);
      const lost = [...(work ? [work as WriteWork<unknown>] : []), fail()];
      const told = await Promise.allSettled(lost.map(submit));
      if (told.some(({ status }) => status !== 'rejected')) throw new Error('this should have been refused');
    },
    /** The names of a collection's indexes. */
    indexes: (ns: string): string[] => engine.catalog.find(ns)!.indexes.map(({ name }) => name),
    /** Everything wrong with the data, as `skillrollCheck` says. */
    async wrong(): Promise<unknown> {
      await engine.writer.idle();
      const request = requestOf({ skillrollCheck: 1 });
      return (commandOf(request)(operation(engine, 'test'), request) as Answer)['errors'];
    },
    async reopen(): Promise<void> {
      await engine.close();
      engine = opened();
    },
    async close(): Promise<void> {
      await engine.close();
      rmSync(dir, { recursive: true });
    },
  };
}

/** So many documents that have their `_id` in each of the other fields too. */
export function numbered(count: number): object[] {
  return Array.from({ length: count }, (_, _id) => ({ _id, n: _id, m: _id, u: _id }));
}

/** A createIndexes of one index by each of these fields. */
export function indexesBy(collection: string, fields: readonly string[], options: object = {}): object {
  const indexes = fields.map((field) => ({ key: { [field]: 1 }, name: field, ...options }));
  return { createIndexes: collection, indexes };
}

/** Waits until what was sent has come as far as it can. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

/** The fields by which a command belongs to session `id`, and to its transaction or retryable write `txnNumber`. */
export function inSession(id: number, txnNumber: number): object {
  return { lsid: { id: new Binary(Buffer.alloc(16, id), 4) }, txnNumber: BigInt(txnNumber) };
}

/** The same for a command of a transaction. */
export function inTransaction(id: number, txnNumber: number, isFirst = false): object {
  return { ...inSession(id, txnNumber), autocommit: false, ...(isFirst && { startTransaction: true }) };
}

function* inSteps<T>(work: WriteWork<T>, turn: { left: number; release: () => void }): WriteWork<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    turn.left -= 1;
    if (turn.left > 0) yield step.value;
    else yield { waitFor: { finished: new Promise((resolve) => (turn.release = resolve)) } };
  }
}

function* nothing(): WriteWork<void> {
  // Committed behind what was submitted before it.
}

function* fail(): WriteWork<never> {
  throw new Error('the disk is full');
}
