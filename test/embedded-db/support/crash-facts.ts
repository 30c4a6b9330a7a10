// What the crash runs hold the data to: nothing acknowledged lost, nothing half-applied, no counter gone back.

export const ACCOUNTS = 40;
export const COUNTERS = 4;
const OPENING_SUM = 1000;

export const accountIds = Array.from({ length: ACCOUNTS }, (_, i) => `account ${i}`);
export const openingAccounts = accountIds.map((_id) => ({ _id, sum: OPENING_SUM }));

/** What has been acknowledged so far, as the surviving process knows it. */
export interface Acknowledged {
  readonly inserted: string[];
  readonly deleted: string[];
  readonly transfers: string[];
  /** Documents that no TTL index may delete. */
  readonly kept: string[];
  readonly counters: Record<string, number>;
}

export const nothingYet = (): Acknowledged => ({
  inserted: [],
  deleted: [],
  transfers: [],
  kept: [],
  counters: {},
});

/** What is stored, read through the server or from a backup's file. */
export interface Stored {
  readonly items: readonly { readonly _id: string }[];
  readonly fleeting: readonly { readonly _id: string }[];
  readonly counters: readonly { readonly _id: string; readonly value: number }[];
  readonly accounts: readonly { readonly _id: string; readonly sum: number }[];
  readonly transfers: readonly {
    readonly _id: string;
    readonly from: string;
    readonly to: string;
    readonly amount: number;
  }[];
  /** Written by $merge: each document holds a sum and its double. */
  readonly mirror: readonly { readonly _id: string; readonly sum: number; readonly twice: number }[];
}

/** One sentence for each fact that does not hold. */
export function faultsIn(stored: Stored, known: Acknowledged): string[] {
  const faults: string[] = [];
  const expectAll = (
    what: string,
    ids: readonly string[],
    found: readonly { readonly _id: string }[],
  ): void => {
    const there = new Set(found.map(({ _id }) => _id));
    for (const id of ids) if (!there.has(id)) faults.push(`acknowledged ${what} ${id} is lost`);
  };
  expectAll('insert', known.inserted, stored.items);
  expectAll('transfer', known.transfers, stored.transfers);
  expectAll('document that does not expire', known.kept, stored.fleeting);
  const items = new Set(stored.items.map(({ _id }) => _id));
  for (const id of known.deleted) if (items.has(id)) faults.push(`acknowledged delete ${id} is undone`);
  const counters = new Map(stored.counters.map(({ _id, value }) => [_id, value]));
  for (const [id, least] of Object.entries(known.counters)) {
    const value = counters.get(id) ?? 0;
    if (value < least) faults.push(`${id} went back from ${least} to ${value}`);
  }
  const sums = new Map(accountIds.map((id) => [id, OPENING_SUM]));
  for (const { from, to, amount } of stored.transfers) {
    sums.set(from, (sums.get(from) ?? 0) - amount);
    sums.set(to, (sums.get(to) ?? 0) + amount);
  }
  for (const { _id, sum } of stored.accounts)
    if (sum !== sums.get(_id))
      faults.push(`${_id} holds ${sum}, its transfers say ${String(sums.get(_id))}: half a transaction`);
  for (const { _id, sum, twice } of stored.mirror)
    if (twice !== 2 * sum) faults.push(`the merged ${_id} holds ${sum} and ${twice}: half a document`);
  return faults;
}
