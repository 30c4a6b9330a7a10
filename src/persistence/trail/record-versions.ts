// Every version of an audited record came with an event: events say how many versions their transactions wrote, records how
// many they have had, and the two must be the same (ADR 10).
import type { Connection } from 'mongoose';

/** Collections of records whose every version is an act; drawing a file of a certificate is none. */
export const auditedCollections = [
  'accounts',
  'apprentices',
  'apprenticeshipProgrammes',
  'assessments',
  'attendances',
  'candidates',
  'certificateBatches',
  'certificateImports',
  'certificates',
  'duplicates',
  'enrolments',
  'legalHolds',
  'lessons',
  'organisations',
  'people',
  'personMerges',
  'recognitions',
  'revealCases',
  'rosterImports',
  'sessionChanges',
  'studios',
  'subjectRequests',
  'trainingPlatforms',
  'trainingSessions',
] as const;

/** Versions by collection; what is not in it are none. */
export type Versions = Map<string, number>;

type ClientSession = Awaited<ReturnType<Connection['startSession']>>;

/** How many versions the records of each audited collection have had: one when they were added, one more with each save. */
export async function versionsInRecords(connection: Connection, session: ClientSession): Promise<Versions> {
  const versions: Versions = new Map();
  for (const name of auditedCollections) {
    const [found] = await connection
      .db!.collection(name)
      .aggregate<{ versions: number }>(
        [{ $group: { _id: null, versions: { $sum: { $add: ['$version', 1] } } } }],
        { session },
      )
      .toArray();
    if (found !== undefined) versions.set(name, found.versions);
  }
  return versions;
}

/** Adds the versions an event tells of. */
export function addVersions(versions: Versions, event: Readonly<Record<string, unknown>>): void {
  const { wrote } = event;
  if (typeof wrote !== 'object' || wrote === null) return;
  for (const [name, count] of Object.entries(wrote))
    if (typeof count === 'number') versions.set(name, (versions.get(name) ?? 0) + count);
}

/** Audited collections where records have had more versions than events tell of (above 0), or fewer (below). */
export function differencesOf(inRecords: Versions, inEvents: Versions): readonly [string, number][] {
  return auditedCollections
    .map((name): [string, number] => [name, (inRecords.get(name) ?? 0) - (inEvents.get(name) ?? 0)])
    .filter(([, difference]) => difference !== 0);
}

/** What no event tells of, over all events there are: looked for once, when a trail begins. */
export async function untoldVersions(
  connection: Connection,
  session: ClientSession,
): Promise<readonly [string, number][]> {
  const told: Versions = new Map();
  const telling = connection.db!.collection('events').find({ wrote: { $exists: true } }, { session });
  for await (const event of telling) addVersions(told, event);
  return differencesOf(await versionsInRecords(connection, session), told);
}
