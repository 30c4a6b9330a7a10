// Persons nobody had to do with for the period: contact data goes first, the document number later and only where no
// certificate needs it. Facts the figures count by were copied to enrolments and certificates and stay there.
import type { Connection, Model } from 'mongoose';
import { activeStatuses } from '../../domain/apprenticeships/apprentice.ts';
import type { Cut } from '../../domain/retention/due.ts';
import type { Enrolments } from '../enrolments.ts';
import type { People } from '../people.ts';
import { pageThrough, type Cursor, type Stored } from './page-through.ts';
import type { RetentionWork } from './retention-work.ts';

export interface PersonModels {
  readonly connection: Connection;
  readonly people: People;
  readonly enrolments: Enrolments;
}

const contactLeft = {
  $or: ['mobileSealed', 'education', 'householdRegistration'].map((field) => ({ [field]: { $ne: null } })),
};

/** Mobile, education and household registration of persons, and the household copied to their enrolments. */
export function removeContactData({ connection, people, enrolments }: PersonModels): RetentionWork {
  return {
    code: 'contactData',
    page: (cut, after, limit) => idlePersons(connection, people, contactLeft, { cut, after, limit }),
    async apply(ids) {
      await people.removeContact(ids);
      await enrolments.forgetHouseholds(ids);
    },
  };
}

/** Document numbers of persons without any certificate. */
export function removeDocumentNumbers({ connection, people }: PersonModels): RetentionWork {
  return {
    code: 'documentNumbers',
    async page(cut, after, limit) {
      const page = await idlePersons(connection, people, { numberRemovedAt: null }, { cut, after, limit });
      const certified = await personsOf(
        connection,
        'Certificate',
        page.due.map(({ id }) => id),
        {},
      );
      return { ...page, due: page.due.filter(({ id }) => !certified.has(id)) };
    },
    apply: (ids, now) => people.removeNumbers(ids, now),
  };
}

/** Persons whose record, enrolments, certificates, candidacies and apprenticeships all lie before the cut. */
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
  const ids = found.map((one) => one._id);
  const active = await Promise.all([
    personsOf(connection, 'Enrolment', ids, { changedAt: { $gte: cut.instant } }),
    personsOf(connection, 'Certificate', ids, { changedAt: { $gte: cut.instant } }),
    personsOf(connection, 'Candidate', ids, { 'attempts.at': { $gte: cut.instant } }),
    personsOf(connection, 'Apprentice', ids, {
      $or: [{ changedAt: { $gte: cut.instant } }, { status: { $in: [...activeStatuses] } }],
    }),
  ]);
  const due = ids.filter((id) => active.every((set) => !set.has(id)));
  return { due: due.map((id) => ({ id, personIds: [id], sessionIds: [] })), next };
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
