// The raw documents of a demo, and how a finding about them is stated.
import type { Connection } from 'mongoose';

export interface Finding {
  readonly what: string;
  /** What is wrong; null when nothing is. */
  readonly wrong: string | null;
}

export type Raw = Record<string, unknown> & { _id: string };
interface Change {
  to: string;
  at: Date;
  by?: string;
  on?: string;
}

export const text = (value: unknown) => value as string;
export const changesOf = (one: Raw) => one['statusChanges'] as Change[];

/** The day of the change to a state: as recorded, else that of its instant in Shanghai; null when it never was in it. */
export function reachedOn(one: Raw, to: string): string | null {
  const change = changesOf(one).find((each) => each.to === to);
  if (change === undefined) return null;
  return change.on ?? new Date(change.at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

const names = [
  'organisations',
  'areas',
  'trainingSessions',
  'sessionChanges',
  'enrolments',
  'lessons',
  'attendances',
  'certificates',
  'prints',
  'assessments',
  'certificateBatches',
  'certificateImports',
  'candidates',
  'apprenticeshipProgrammes',
  'apprentices',
  'recognitions',
] as const;
export type Collections = Record<(typeof names)[number], Raw[]>;

export async function readAll(connection: Connection): Promise<Collections> {
  const entries: [string, Raw[]][] = [];
  for (const name of names)
    entries.push([name, (await connection.collection<Raw>(name).find({}).toArray()) as Raw[]]);
  return Object.fromEntries(entries) as Collections;
}

export function equal(what: string, is: unknown, should: unknown): Finding {
  return { what, wrong: is === should ? null : `is ${String(is)}, should be ${String(should)}` };
}

export function none(what: string, wrong: readonly string[]): Finding {
  return {
    what,
    wrong: wrong.length === 0 ? null : `${wrong.length} are not, such as ${wrong.slice(0, 3).join(', ')}`,
  };
}

/** At least so many of them must be there. */
export function some(what: string, count: number, least = 1): Finding {
  return { what, wrong: count >= least ? null : `are ${count}, should be ${least} or more` };
}
