// How much memory a blocking stage holds: an estimate close to the BSON size of what it keeps.

import { isDoc, type Doc, type Value } from './bson.ts';
import { QueryError, unsupported } from './errors.ts';

/** MongoDB's limit for a stage that must hold its input. */
export const MEMORY_LIMIT = 100 * 1024 * 1024;

/** The approximate bytes of a value. */
export function approximateSize(value: Value | undefined): number {
  if (typeof value === 'string') return value.length + 7;
  if (typeof value !== 'object' || value === null) return 10;
  if (Array.isArray(value))
    return value.reduce<number>((total, each) => total + 3 + approximateSize(each), 8);
  return isDoc(value) ? sizeOfDoc(value) : 24;
}

function sizeOfDoc(doc: Doc): number {
  let total = 8;
  for (const key in doc) total += key.length + 2 + approximateSize(doc[key]);
  return total;
}

/** What a document in the middle of a pipeline may have: MongoDB's limit there. */
const MADE_LIMIT = 64 * 1024 * 1024;

/** The value, or a refusal (10334): one made of parts that it shares doubles with each stage, and every later look at it is as long. */
export function mustFit<T extends Value>(made: T): T {
  let left = MADE_LIMIT;
  const take = (value: Value | undefined): void => {
    left -= typeof value === 'string' ? value.length + 4 : 4;
    if (left < 0) throw tooLarge();
    if (Array.isArray(value)) for (const element of value) take(element);
    else if (isDoc(value)) for (const key in value) take(value[key]);
  };
  take(made);
  return made;
}

function tooLarge(): QueryError {
  return new QueryError(10334, 'BSONObj size is invalid: a document in a pipeline may have 64 MB');
}

type HoldingStage = '$sort' | '$group' | '$merge' | '$out';

/** The documents of a stage that reads all of them before it goes on; past the limit it is refused with code 292. */
export function holdAll(docs: Iterable<Doc>, stage: HoldingStage, limit: number | undefined): Doc[] {
  const budget = new MemoryBudget(stage, limit);
  return Array.from(docs, (doc) => {
    budget.take(sizeOfDoc(doc));
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
