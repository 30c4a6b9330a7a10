// All that retention does, in the order it is done: first what ends by itself, last what is only listed.
import type { Connection, Model } from 'mongoose';
import type { Assessments, Candidates } from '../assessments.ts';
import type { Attendances } from '../attendances.ts';
import type { CertificateImports } from '../certificate-imports.ts';
import type { Enrolments } from '../enrolments.ts';
import type { Events } from '../events.ts';
import type { KeptFiles } from '../kept-files.ts';
import type { People } from '../people.ts';
import type { PeopleSearches } from '../people-searches.ts';
import type { PersonMerges } from '../person-merges.ts';
import type { Reveals } from '../reveals.ts';
import type { RosterImports } from '../roster-imports.ts';
import type { SubjectRequests } from '../subject-requests.ts';
import type { TrainingSessions } from '../training-sessions.ts';
import { deleteAttendance, deleteCertificateRows, deleteRosterRows, removeScores } from './file-works.ts';
import { removeContactData, removeDocumentNumbers } from './person-works.ts';
import type { RetentionWork } from './retention-work.ts';
import { deleteByDate, deleteExpiredFiles, deleteRequests, listTrail } from './simple-works.ts';

export interface RetentionStores {
  readonly assessments: Assessments;
  readonly candidates: Candidates;
  readonly certificateImports: CertificateImports;
  readonly attendances: Attendances;
  readonly enrolments: Enrolments;
  readonly events: Events;
  readonly keptFiles: KeptFiles;
  readonly people: People;
  readonly peopleSearches: PeopleSearches;
  readonly personMerges: PersonMerges;
  readonly reveals: Reveals;
  readonly rosterImports: RosterImports;
  readonly subjectRequests: SubjectRequests;
  readonly trainingSessions: TrainingSessions;
}

/** The works over the stores of one connection. */
export function createRetentionWorks(
  connection: Connection,
  stores: RetentionStores,
): readonly RetentionWork[] {
  const plain = (model: unknown) => model as Model<never>;
  return [
    deleteExpiredFiles(stores.keptFiles),
    deleteByDate('searches', plain(stores.peopleSearches.model), 'at'),
    deleteRosterRows(stores.rosterImports, stores.keptFiles),
    deleteCertificateRows(stores.certificateImports),
    removeContactData({ connection, ...stores }),
    removeDocumentNumbers({ connection, ...stores }),
    deleteAttendance(stores.attendances, stores.trainingSessions),
    removeScores(stores.assessments, stores.candidates),
    deleteByDate('reveals', plain(stores.reveals.model), 'at', (one) => ({
      personIds: [one['personId'] as string],
    })),
    deleteRequests(stores.subjectRequests, stores.keptFiles),
    listTrail(plain(stores.events.model)),
  ];
}
