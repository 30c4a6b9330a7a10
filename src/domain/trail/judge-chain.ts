// Reads a chain from its first event on and finds the first place where it is not what was sealed. It keeps two events at
// most, however long the chain.
import { canonicalBytes, type StoredEvent } from './canonical-bytes.ts';
import { genesis, sealOf, type Link, type Seal } from './chain.ts';

export type Fault =
  /** The event at this number is not the one sealed there, and the one sealed there is nowhere else. */
  | { readonly kind: 'altered'; readonly number: number; readonly eventId: string }
  | { readonly kind: 'missing'; readonly number: number; readonly until: number }
  /** An event stands here that was never sealed. */
  | { readonly kind: 'inserted'; readonly number: number; readonly eventId: string }
  /** The event sealed under this number is another, found further on. */
  | {
      readonly kind: 'reordered';
      readonly number: number;
      readonly eventId: string;
      readonly otherId: string;
    }
  /** The chain ends before a number that was sealed. */
  | { readonly kind: 'truncated'; readonly number: number; readonly until: number }
  /** The chain holds together, but under this number another hash was witnessed. */
  | { readonly kind: 'rewritten'; readonly number: number };

export interface ChainJudge {
  /** Takes the next event in order of number; false when the first fault is known and no more is needed. */
  take(event: StoredEvent): boolean;
  /** The first fault, or null; `upTo` is the highest number the sealer gave by now. */
  end(upTo: number): Fault | null;
  /** The last seal that holds. */
  last(): Seal;
}

/** A judge of the chain; `witnessed` are seals known from elsewhere: checkpoints, and the sealer's own last one. */
export function createChainJudge(link: Link, witnessed: readonly Seal[]): ChainJudge {
  let last = genesis;
  let fault: Fault | null = null;
  let broken: Broken | null = null;
  const byNumber = new Map<number, Seal[]>();
  for (const seal of witnessed) byNumber.set(seal.number, [...(byNumber.get(seal.number) ?? []), seal]);

  const judgeNext = (event: StoredEvent): void => {
    const id = idOf(event);
    const number = numberOf(event);
    const seal = sealOf(event);
    if (number < last.number + 1 || !Number.isSafeInteger(number)) {
      fault = { kind: 'inserted', number, eventId: id };
    } else if (number > last.number + 1) {
      fault = { kind: 'missing', number: last.number + 1, until: number - 1 };
    } else if (seal === null || hashAfter(link, last.hash, event) !== seal.hash) {
      broken = { after: last.hash, event, id, number, hash: seal?.hash ?? '', next: true };
    } else {
      last = seal;
      if (byNumber.get(number)?.some((one) => one.hash !== seal.hash) === true)
        fault = { kind: 'rewritten', number };
    }
  };

  return {
    take(event) {
      if (fault !== null) return false;
      if (broken === null) judgeNext(event);
      else {
        fault = explain(link, broken, event);
        broken = { ...broken, next: false };
      }
      return fault === null;
    },
    end(upTo) {
      if (fault !== null) return fault;
      if (broken !== null) {
        const { number, id } = broken;
        return { kind: number > upTo ? 'inserted' : 'altered', number, eventId: id };
      }
      const known = Math.max(0, ...witnessed.map((one) => one.number));
      if (known > last.number) return { kind: 'truncated', number: last.number + 1, until: known };
      return null;
    },
    last: () => last,
  };
}

/** Where the chain stopped holding: what should have followed `after` does not. */
interface Broken {
  readonly after: string;
  readonly event: StoredEvent;
  readonly id: string;
  readonly number: number;
  readonly hash: string;
  /** Whether the event to come is the very next one. */
  readonly next: boolean;
}

/** What a later event says about the break, or null when it says nothing. */
function explain(link: Link, broken: Broken, later: StoredEvent): Fault | null {
  const { number, id } = broken;
  const hash = hashAfter(link, broken.after, later);
  const reordered: Fault = { kind: 'reordered', number, eventId: id, otherId: idOf(later) };
  if (hash !== null && hash === sealOf(later)?.hash) {
    // It follows directly what stood before the break, so the broken one does not belong between them,
    // unless it follows in turn, or others lie between.
    return broken.next && hashAfter(link, hash, broken.event) !== broken.hash
      ? { kind: 'inserted', number, eventId: id }
      : reordered;
  }
  // Its content was sealed where the broken one stands: the two changed places.
  return hash === broken.hash ? reordered : null;
}

/** Null where the event holds what none may hold. */
function hashAfter(link: Link, previous: string, event: StoredEvent): string | null {
  if ('unsealedSince' in event) return null;
  try {
    return link(previous, canonicalBytes(event));
  } catch {
    return null;
  }
}

const idOf = (event: StoredEvent): string => String(event['_id']);

/** The number an event claims, whether or not its seal is one. */
function numberOf(event: StoredEvent): number {
  const seal = event['seal'] as { number?: unknown } | null | undefined;
  return typeof seal?.number === 'number' ? seal.number : NaN;
}
