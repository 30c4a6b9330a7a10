// How much memory a blocking stage holds: an estimate close to the BSON size of what it keeps.

import { isDoc, type Doc, type Value } from './bson.ts';
import { QueryError, unsupported } from './errors.ts';

/** MongoDB's limit for a stage that must hold its input. */
export const MEMORY_LIMIT = 100 * 1024 * 1024;

/** What a document in the middle of a pipeline may have: MongoDB's limit there. */
const MADE_LIMIT = 64 * 1024 * 1024;

/** The approximate bytes of a value; past `most` it is not looked at any further. */
export function approximateSize(value: Value | undefined, most = Infinity): number {
  if (typeof value === 'string') return value.length + 7;
  if (typeof value !== 'object' || value === null) return 10;
  if (!Array.isArray(value) && !isDoc(value)) return 24;
  let total = 8;
  const add = (key: number, each: Value | undefined): void => {
    if (total <= most) total += key + approximateSize(each, most - total);
  };
  if (Array.isArray(value)) for (const each of value) add(3, each);
  else for (const key in value) add(key.length + 2, value[key]);
  return total;
}

/** The document, or a refusal (10334): one made of parts that it shares doubles with each stage, and every later look at it is as long. */
export function mustFit(made: Doc): Doc {
  if (approximateSize(made, MADE_LIMIT) > MADE_LIMIT)
    throw new QueryError(10334, 'BSONObj size is invalid: a document in a pipeline may have 64 MB');
  return made;
}

type HoldingStage = '$sort' | '$group' | '$merge' | '$out';

/** How much the blocking stages of one server may hold: each one `limit` bytes, all that are open three times that. */
export class Memory {
  held = 0;
  readonly limit: number;

  constructor(limit = MEMORY_LIMIT) {
    this.limit = limit;
  }
}

/** The documents of a stage that reads all of them before it gives the first; past the limit it is refused with code 292. */
export function* holdAll(
  docs: Iterable<Doc>,
  stage: HoldingStage,
  memory: Memory | undefined,
): Generator<Doc, void, void> {
  const budget = new MemoryBudget(stage, memory);
  try {
    yield* Array.from(docs, (doc) => {
      budget.take(approximateSize(doc));
      return doc;
    });
  } finally {
    budget.end();
  }
}

/** Counts what a stage holds, and refuses it past its limit (292) or past what all may hold together (146). */
export class MemoryBudget {
  private used = 0;
  private readonly stage: HoldingStage;
  private readonly memory: Memory;

  constructor(stage: HoldingStage, memory = new Memory()) {
    this.stage = stage;
    this.memory = memory;
  }

  /** Adds bytes to the account. */
  take(bytes: number): void {
    this.used += bytes;
    this.memory.held += bytes;
    const { limit, held } = this.memory;
    if (this.used > limit) {
      const wording =
        this.stage === '$sort'
          ? `Sort exceeded memory limit of ${limit} bytes, but did not opt in to external sorting.`
          : `Exceeded memory limit for ${this.stage}, but didn't allow external sort.`;
      throw new QueryError(292, `${wording} ${unsupported('allowDiskUse').message}`);
    }
    if (held > 3 * limit)
      throw new QueryError(
        146,
        `${this.stage} would hold more than is left: what open cursors have sorted or grouped takes ${held} bytes, and ${3 * limit} are allowed for all. Read them to their end or close them.`,
      );
  }

  /** Whether so many bytes more are within the stage's limit. */
  fits(bytes: number): boolean {
    return this.used + bytes <= this.memory.limit;
  }

  /** Gives bytes back. */
  release(bytes: number): void {
    this.used -= bytes;
    this.memory.held -= bytes;
  }

  /** Gives back what is left. */
  end(): void {
    this.release(this.used);
  }
}
