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

/** The documents of a stage that reads all of them before it goes on; past the limit it is refused with code 292. */
export function holdAll(docs: Iterable<Doc>, stage: HoldingStage, limit: number | undefined): Doc[] {
  const budget = new MemoryBudget(stage, limit);
  return Array.from(docs, (doc) => {
    budget.take(approximateSize(doc));
    return doc;
  });
}

/** Counts what a stage holds, and refuses it past the limit with code 292. */
export class MemoryBudget {
  private used = 0;
  private readonly stage: HoldingStage;
  private readonly limit: number;

  constructor(stage: HoldingStage, limit: number | undefined) {
    this.stage = stage;
    this.limit = limit ?? MEMORY_LIMIT;
  }

  /** Adds bytes to the account. */
  take(bytes: number): void {
    this.used += bytes;
    if (this.used <= this.limit) return;
    const wording =
      this.stage === '$sort'
        ? `Sort exceeded memory limit of ${String(this.limit)} bytes, but did not opt in to external sorting.`
        : `Exceeded memory limit for ${this.stage}, but didn't allow external sort.`;
    throw new QueryError(292, `${wording} ${unsupported('allowDiskUse').message}`);
  }

  /** Whether so many bytes more are within the limit. */
  fits(bytes: number): boolean {
    return this.used + bytes <= this.limit;
  }

  /** Gives bytes back. */
  release(bytes: number): void {
    this.used -= bytes;
  }
}
