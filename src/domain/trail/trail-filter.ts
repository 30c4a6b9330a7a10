// What the trail can be narrowed by, and where in it one stands: newest first, so a place is the last event seen.

export interface TrailFilter {
  readonly actorId: string | null;
  readonly kind: string | null;
  readonly id: string | null;
  readonly what: string | null;
  readonly from: Date | null;
  /** The first instant after the period. */
  readonly until: Date | null;
  readonly address: string | null;
}

export const everything: TrailFilter = {
  actorId: null,
  kind: null,
  id: null,
  what: null,
  from: null,
  until: null,
  address: null,
};

/** The last event seen: what comes after it is older, or as old with a smaller id. */
export interface TrailPlace {
  readonly when: Date;
  readonly id: string;
}

/** A place as text for an address. */
export function writePlace({ when, id }: TrailPlace): string {
  return `${when.getTime()}.${id}`;
}

/** The place of such a text, or null for anything else. */
export function readPlace(text: string | undefined): TrailPlace | null {
  const match = /^(\d{1,15})\.([0-9a-z]{1,40})$/.exec(text ?? '');
  return match === null ? null : { when: new Date(Number(match[1])), id: match[2]! };
}
