// The facts of one collection in memory, kept true by reading what changed since.
import type { Model } from 'mongoose';

/** Longer than any transaction lives: a change stamped before the newest one seen may still be committed within it. */
const settleMilliseconds = 70_000;

interface Stored {
  readonly _id: string;
  readonly version: number;
  readonly changedAt: Date;
}

export interface FactCollection<Fact> {
  readonly facts: ReadonlyMap<string, Fact>;
  /** Reads records changed since the last time; true when any fact is new or different. */
  refresh(): Promise<boolean>;
}

/**
 * The first refresh reads by `filter`, later ones whatever changed since by the index on changedAt; `belongs` says of
 * those which are in the collection. `fields` are what `toFact` needs.
 */
export function createFactCollection<Fact>(
  model: Model<never>,
  options: {
    filter: Record<string, unknown>;
    belongs?: (stored: never) => boolean;
    fields: readonly string[];
    toFact: (stored: never) => Fact;
  },
): FactCollection<Fact> {
  const projection = Object.fromEntries(
    [...options.fields, 'version', 'changedAt'].map((field) => [field, 1]),
  );
  const facts = new Map<string, Fact>();
  const versions = new Map<string, number>();
  let newest: Date | null = null;
  let newestSeenAt = 0;

  const since = (): Record<string, unknown> => {
    if (newest === null) return {};
    const settled = Date.now() - newestSeenAt > settleMilliseconds;
    return {
      changedAt: settled ? { $gt: newest } : { $gte: new Date(newest.getTime() - settleMilliseconds) },
    };
  };

  return {
    facts,
    async refresh() {
      const first = newest === null;
      const filter = first ? options.filter : { ...since(), ...options.filter };
      let changed = false;
      const found = model
        .find(filter as never, projection)
        .lean()
        .cursor({ batchSize: 2_000 });
      for await (const stored of found as unknown as AsyncIterable<Stored>) {
        if (newest === null || stored.changedAt > newest) {
          newest = stored.changedAt;
          newestSeenAt = Date.now();
        }
        if (versions.get(stored._id) === stored.version) continue;
        if (!first && options.belongs !== undefined && !options.belongs(stored as never)) continue;
        versions.set(stored._id, stored.version);
        const { _id, ...fields } = stored;
        facts.set(_id, options.toFact({ ...fields, id: _id } as never));
        changed = true;
      }
      return changed;
    },
  };
}
