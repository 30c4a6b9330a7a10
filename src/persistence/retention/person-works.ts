// Persons nobody had to do with for the period: contact data goes first, the document number later and only where no
// certificate needs it. Facts the figures count by were copied to enrolments and certificates and stay there.
import type { Connection, Model } from 'mongoose';
import { activeStatuses } from '../../domain/apprenticeships/apprentice.ts';
import type { Cut } from '../../domain/retention/due.ts';
import type { Enrolments } from '../enrolments.ts';
import type { KeptFiles } from '../kept-files.ts';
import type { People } from '../people.ts';
import type { PersonMerges } from '../person-merges.ts';
import { pageThrough, type Cursor, type Stored } from './page-through.ts';
import type { RetentionWork } from './retention-work.ts';

export interface PersonModels {
  readonly connection: Connection;
  readonly people: People;
  readonly keptFiles: KeptFiles;
  readonly enrolments: Enrolments;
  readonly personMerges: PersonMerges;
}

const contactLeft = {
  $or: ['mobileSealed', 'education', 'householdRegistration'].map((field) => ({ [field]: { $ne: null } })),
};

/** Mobile, education and household registration of persons, and what enrolments and merges copied of them. */
export function removeContactData(models: PersonModels): RetentionWork {
  const { connection, people, enrolments, personMerges } = models;
  return {
    code: 'contactData',
    page: (cut, after, limit) => idlePersons(connection, people, contactLeft, { cut, after, limit }),
    async apply(ids) {
      await people.removeContact(ids);
      await enrolments.forgetHouseholds(ids);
      await personMerges.forgetContact(ids);
    },
  };
}

/** Document numbers of persons without any certificate, and the files that prove changes of their identity, which show them. */
export function removeDocumentNumbers({
  connection,
  people,
  personMerges,
  keptFiles,
}: PersonModels): RetentionWork {
  return {
    code: 'documentNumbers',
    async page(cut, after, limit) {
      const page = await idlePersons(connection, people, { numberRemovedAt: null }, { cut, after, limit });
      const certified = await personsOf(
        connection,
        'Certificate',
        page.due.flatMap(({ personIds }) => personIds),
        {},
      );
      const free = page.due.filter(({ personIds }) => personIds.every((id) => !certified.has(id)));
      return { ...page, due: free };
    },
    async apply(ids, now) {
      await people.removeNumbers(ids, now);
      await personMerges.forgetNumbers(ids);
      await keptFiles.releaseEvidence('person', ids);
    },
  };
}

/**
 * Persons whose record, enrolments, certificates, candidacies and apprenticeships all lie before the cut; a record merged
 * into another is idle only when the person kept is.
 */
async function idlePersons(
  connection: Connection,
  people: People,
  filter: Readonly<Record<string, unknown>>,
  given: { cut: Cut; after: Cursor | null; limit: number },
) {
  const { cut, after, limit } = given;
  const { found, next } = await pageThrough(people.model as unknown as Model<never>, 'changedAt', {
    end: cut.instant,
    after,
    limit,
    filter,
  });
  const kept = new Map<string, string>();
  for (const one of found)
    kept.set(
      one._id,
      typeof one['mergedInto'] === 'string' ? await people.keptId(one['mergedInto']) : one._id,
    );
  const ids = [...new Set([...kept].flat())];
  const active = [
    await changedSince(people, [...kept.values()], cut),
    await personsOf(connection, 'Enrolment', ids, { changedAt: { $gte: cut.instant } }),
    await personsOf(connection, 'Certificate', ids, { changedAt: { $gte: cut.instant } }),
    await personsOf(connection, 'Candidate', ids, { 'attempts.at': { $gte: cut.instant } }),
    await personsOf(connection, 'Apprentice', ids, {
      $or: [{ changedAt: { $gte: cut.instant } }, { status: { $in: [...activeStatuses] } }],
    }),
  ];
  const due = [...kept]
    .map(([id, keptId]) => ({ id, personIds: [...new Set([id, keptId])], sessionIds: [] }))
    .filter(({ personIds }) => personIds.every((id) => active.every((set) => !set.has(id))));
  return { due, next };
}

async function changedSince(people: People, ids: readonly string[], cut: Cut): Promise<Set<string>> {
  const found = await people.model
    .find({ _id: { $in: [...new Set(ids)] }, changedAt: { $gte: cut.instant } } as never, { _id: 1 })
    .lean();
  return new Set(found.map(({ _id }) => _id));
}

async function personsOf(
  connection: Connection,
  name: string,
  ids: readonly string[],
  filter: Readonly<Record<string, unknown>>,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = (await connection
    .model(name)
    .find({ personId: { $in: [...ids] }, ...filter } as never, { personId: 1 })
    .lean()) as unknown as Stored[];
  return new Set(found.map((one) => one['personId'] as string));
}
