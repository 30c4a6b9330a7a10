// Reads a chain from its first place on and finds the first one where it is not what was sealed. It keeps two places at most,
// however long the chain.
import { canonicalBytes } from './canonical-bytes.ts';
import { genesis, type Link, type Place, type Seal } from './chain.ts';

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
  /** Takes the next place in order of number; false when the first fault is known and no more is needed. */
  take(place: Place): boolean;
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

  let gone: { readonly number: number; readonly until: number } | null = null;

  const judgeNext = (place: Place): void => {
    const { seal, eventId, event } = place;
    const next = (gone?.until ?? last.number) + 1;
    if (seal.number < next || !Number.isSafeInteger(seal.number)) {
      fault = { kind: 'inserted', number: seal.number, eventId };
    } else if (event === null && seal.number === next) {
      gone = { number: gone?.number ?? next, until: next };
    } else if (seal.number > next || gone !== null) {
      fault = { kind: 'missing', number: gone?.number ?? next, until: seal.number - 1 };
    } else if (event?.['sealBatch'] !== place.batch || hashAfter(link, last.hash, place) !== seal.hash) {
      broken = { after: last.hash, place, next: true };
    } else {
      last = seal;
      if (byNumber.get(seal.number)?.some((one) => one.hash !== seal.hash) === true)
        fault = { kind: 'rewritten', number: seal.number };
    }
  };

  return {
    take(place) {
      if (fault !== null) return false;
      if (broken === null) judgeNext(place);
      else {
        fault = explain(link, broken, place);
        broken = { ...broken, next: false };
      }
      return fault === null;
    },
    end(upTo) {
      if (fault !== null) return fault;
      if (broken !== null) {
        const { eventId, seal } = broken.place;
        return { kind: seal.number > upTo ? 'inserted' : 'altered', number: seal.number, eventId };
      }
      if (gone !== null) return { kind: 'missing', ...gone };
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
  readonly place: Place;
  /** Whether the place to come is the very next one. */
  readonly next: boolean;
}

/** What a later place says about the break, or null when it says nothing. */
function explain(link: Link, { after, place, next }: Broken, later: Place): Fault | null {
  const { eventId, seal } = place;
  const { number } = seal;
  const hash = hashAfter(link, after, later);
  const reordered: Fault = { kind: 'reordered', number, eventId, otherId: later.eventId };
  if (hash !== null && hash === later.seal.hash) {
    // It follows directly what stood before the break, so the broken one does not belong between them,
    // unless it follows in turn, or others lie between.
    return next && hashAfter(link, hash, place) !== seal.hash
      ? { kind: 'inserted', number, eventId }
      : reordered;
  }
  // Its content was sealed where the broken one stands: the two changed places.
  return hash !== null && hash === seal.hash ? reordered : null;
}

/** Null where no event is, or one that still waits for its seal or holds what none may hold. */
function hashAfter(link: Link, previous: string, { event }: Place): string | null {
  if (event === null || 'unsealedSince' in event) return null;
  try {
    return link(previous, canonicalBytes(event));
  } catch {
    return null;
  }
}
