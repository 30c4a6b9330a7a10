// The facts of one collection in memory, kept true by reading what changed since.
import type { Model } from 'mongoose';

/** Longer than any transaction lives: a change stamped before the newest one seen may still be committed within it. */
const settleMilliseconds = 70_000;
const chunkSize = 2_000;

export interface Stored {
  readonly _id: string;
  readonly version: number;
  readonly changedAt: Date;
}

export interface FactCollection<Fact> {
  readonly facts: ReadonlyMap<string, Fact>;
  /** Reads the records of a filter, whenever they changed; true when any fact is new or different. */
  load(filter: Record<string, unknown>): Promise<boolean>;
  /** Reads what changed since the last time, the first time nothing; true when any fact is new or different. */
  refresh(): Promise<boolean>;
}

export interface FactSource<Fact, Beside> {
  /** What `toFact` needs besides id, version and changedAt. */
  readonly fields: readonly string[];
  readonly toFact: (stored: never, beside: Beside | undefined) => Fact;
  /** Whether a changed record is in the collection; all are when absent. */
  readonly belongs?: (stored: never) => boolean;
  /** What other collections say about changed records, by record id. */
  readonly readBeside?: (changed: readonly Stored[]) => Promise<ReadonlyMap<string, Beside>>;
}

/**
 * An empty collection over a model whose records carry `version` and an indexed `changedAt`; `now` is the clock that stamps
 * them. When that clock was set back, everything is read again once, since new changes carry older stamps.
 */
export function createFactCollection<Fact, Beside = undefined>(
  model: Model<never>,
  source: FactSource<Fact, Beside>,
  now: () => Date,
): FactCollection<Fact> {
  const projection = Object.fromEntries(
    [...source.fields, 'version', 'changedAt'].map((field) => [field, 1]),
  );
  const facts = new Map<string, Fact>();
  const versions = new Map<string, number>();
  let newest: Date | null = null;
  let newestSeenAt = 0;

  const note = (changedAt: Date): void => {
    if (newest !== null && changedAt <= newest) return;
    newest = changedAt;
    newestSeenAt = Date.now();
  };

  const keep = async (changed: readonly Stored[]): Promise<boolean> => {
    if (changed.length === 0) return false;
    const beside = await source.readBeside?.(changed);
    let different = false;
    for (const stored of changed) {
      const { _id, version, ...fields } = stored;
      const fact = source.toFact({ ...fields, id: _id } as never, beside?.get(_id));
      // Most changes of a record (hours, counters) change nothing that is counted.
      const known = facts.get(_id);
      if (known === undefined || JSON.stringify(known) !== JSON.stringify(fact)) different = true;
      facts.set(_id, fact);
      versions.set(_id, version);
    }
    return different;
  };

  const read = async (
    filter: Record<string, unknown>,
    onEach?: (stored: Stored) => void,
  ): Promise<boolean> => {
    const cursor = model
      .find(filter as never, projection)
      .lean()
      .cursor({ batchSize: chunkSize });
    let different = false;
    let changed: Stored[] = [];
    for await (const one of cursor as unknown as AsyncIterable<Stored>) {
      onEach?.(one);
      if (versions.get(one._id) === one.version) continue;
      if (source.belongs !== undefined && !source.belongs(one as never)) continue;
      changed.push(one);
      if (changed.length < chunkSize) continue;
      different = (await keep(changed)) || different;
      changed = [];
    }
    return (await keep(changed)) || different;
  };

  /** Marks where later refreshes begin before anything is read, so that nothing falls between. */
  const mark = async (): Promise<void> => {
    const found = await model.find({}, { changedAt: 1 }).sort({ changedAt: -1 }).limit(1).lean();
    note((found as unknown as Stored[])[0]?.changedAt ?? new Date(0));
  };

  return {
    facts,
    async load(filter) {
      if (newest === null) await mark();
      return read(filter);
    },
    async refresh() {
      if (newest === null) {
        await mark();
        return false;
      }
      const since = newest as Date;
      const clock = now();
      if (clock.getTime() + settleMilliseconds < since.getTime()) {
        const different = await read({});
        newest = clock;
        newestSeenAt = Date.now();
        return different;
      }
      const settled =
        Date.now() - since.getTime() > settleMilliseconds || Date.now() - newestSeenAt > settleMilliseconds;
      const from = settled ? since : new Date(since.getTime() - settleMilliseconds);
      let last = since;
      const different = await read({ changedAt: { $gte: from } }, (stored) => {
        if (stored.changedAt > last && stored.changedAt <= clock) last = stored.changedAt;
      });
      // Only now: what a broken read left out must be asked for again.
      note(last);
      return different;
    },
  };
}
