// The composition root: everything a use-case or page may reach, made from a config and an open connection.
import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config.ts';
import type { Connection } from 'mongoose';
import { createAccountLinks } from './persistence/account-links.ts';
import { createAccounts } from './persistence/accounts.ts';
import type { Cipher } from './persistence/cipher.ts';
import { commonPasswords } from './common-passwords.ts';
import { createTransaction } from './persistence/connection.ts';
import { createCredentials } from './persistence/credentials.ts';
import { createEnrolments } from './persistence/enrolments.ts';
import { createEvents } from './persistence/events.ts';
import { createGuards } from './persistence/guards.ts';
import { createHeldForms } from './persistence/held-forms.ts';
import { newId } from './persistence/ids.ts';
import { createAttendances } from './persistence/attendances.ts';
import { createKeptFiles } from './persistence/kept-files.ts';
import { createLessons } from './persistence/lessons.ts';
import { createOrganisations } from './persistence/organisations.ts';
import { createPasswords } from './persistence/passwords.ts';
import { createPeople } from './persistence/people.ts';
import { createDuplicates } from './persistence/duplicates.ts';
import { createPersonMerges } from './persistence/person-merges.ts';
import { createPersonRecords } from './persistence/person-records.ts';
import { createPeopleSearches } from './persistence/people-searches.ts';
import { createReferenceData } from './persistence/reference-data.ts';
import { createRevealCases, createReveals } from './persistence/reveals.ts';
import { createDestructions } from './persistence/destructions.ts';
import { createSubjectRequests } from './persistence/subject-requests.ts';
import { createExports } from './persistence/exports.ts';
import { createWorkTurns } from './persistence/work-turns.ts';
import { createLegalHolds } from './persistence/legal-holds.ts';
import { createRetentionWorks } from './persistence/retention/retention-works.ts';
import { createRosterImports } from './persistence/roster-imports.ts';
import { createSerials } from './persistence/serials.ts';
import { createSessionChanges } from './persistence/session-changes.ts';
import { createSignInSessions } from './persistence/sign-in-sessions.ts';
import { createSubmissions } from './persistence/submissions.ts';
import { createSweeps } from './persistence/sweeps.ts';
import { createTrailEvents } from './persistence/trail/trail-events.ts';
import { createTrail } from './persistence/trail/trail.ts';
import { createRefusalCounts } from './persistence/refusal-counts.ts';
import { createThrottles } from './persistence/throttles.ts';
import { createTrainingSessions } from './persistence/training-sessions.ts';
import { createApprentices, createProgrammes } from './persistence/apprenticeships.ts';
import { createRecognitions, createStudios, createTrainingPlatforms } from './persistence/studios.ts';
import { createTrainingChoices } from './persistence/reads/training-choices.ts';
import { createHeadcounts } from './persistence/reads/headcounts.ts';
import * as documents from './documents/index.ts';
import { createAssessments, createCandidates } from './persistence/assessments.ts';
import { createCertificateImports } from './persistence/certificate-imports.ts';
import { createCertificateBatches } from './persistence/certificate-batches.ts';
import { createCertificates, createPrints } from './persistence/certificates.ts';
import { createClaimCodes } from './persistence/claim-codes.ts';
import { createJobs } from './persistence/jobs.ts';
import { createCertificateChecks } from './persistence/unscoped/certificate-checks.ts';
import { createActiveApprentices } from './persistence/unscoped/active-apprentices.ts';
import { createAccountByUserName } from './persistence/unscoped/account-by-user-name.ts';
import { createLessonOverlaps } from './persistence/unscoped/lesson-overlaps.ts';
import { createPersonDependents } from './persistence/unscoped/person-dependents.ts';
import { createPersonEngagements } from './persistence/unscoped/person-engagements.ts';
import { createPersonIdentity } from './persistence/unscoped/person-identity.ts';
import { createIndexes } from './persistence/indexes.ts';
import type { Log } from './log.ts';

export interface Surroundings {
  readonly cipher: Cipher;
  readonly log: Log;
  readonly now?: () => Date;
  readonly newId?: () => string;
  readonly passwordCost?: number;
  readonly newToken?: () => string;
  /** Waits; tests do not. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  readonly randomBytes?: (size: number) => Uint8Array;
  readonly demo?: boolean;
}

export type Deps = Awaited<ReturnType<typeof createDeps>>;

/** All parts of the product over one database; makes collections and indexes and reads the reference data. */
export async function createDeps(config: Config, connection: Connection, around: Surroundings) {
  const makeId = around.newId ?? (() => newId());
  const accounts = createAccounts(connection);
  const apprentices = createApprentices(connection);
  const certificates = createCertificates(connection);
  const prints = createPrints(connection);
  const referenceData = createReferenceData(connection);
  const people = createPeople(connection, around.cipher);
  const enrolments = createEnrolments(connection);
  const personMerges = createPersonMerges(connection);
  const candidates = createCandidates(connection);
  const trainingSessions = createTrainingSessions(connection);
  const lessons = createLessons(connection);
  const organisations = createOrganisations(connection);
  const serials = createSerials(connection);
  const keptFiles = createKeptFiles(connection, around.cipher, makeId);
  const attendances = createAttendances(connection);
  const reveals = createReveals(connection);
  const peopleSearches = createPeopleSearches(connection, around.cipher, makeId);
  const certificateImports = createCertificateImports(connection);
  const rosterImports = createRosterImports(connection, around.cipher);
  const assessments = createAssessments(connection);
  const events = createEvents(connection, makeId);
  const subjectRequests = createSubjectRequests(connection);
  const deps = {
    config,
    log: around.log,
    cipher: around.cipher,
    now: around.now ?? (() => new Date()),
    newId: makeId,
    newToken: around.newToken ?? (() => randomBytes(16).toString('base64url')),
    randomBytes: around.randomBytes ?? ((size: number): Uint8Array => randomBytes(size)),
    /** True while a demo year is served: documents say SAMPLE. */
    demo: around.demo ?? false,
    documents: {
      findMissingGlyphs: documents.findMissingGlyphs,
      renderCertificate: documents.renderCertificate,
      renderHeadcountSummary: documents.renderHeadcountSummary,
      renderSignInSheet: documents.renderSignInSheet,
    },
    transaction: createTransaction(connection),
    events,
    trail: createTrail(connection),
    guards: createGuards(connection),
    serials,
    submissions: createSubmissions(connection),
    throttles: createThrottles(connection),
    refusalCounts: createRefusalCounts(connection),
    keptFiles,
    passwords: createPasswords(around.passwordCost ?? config.passwordCost),
    commonPasswords,
    hmacSha1: (key: Uint8Array, message: Uint8Array): Uint8Array =>
      createHmac('sha1', key).update(message).digest(),
    accounts,
    accountLinks: createAccountLinks(connection),
    credentials: createCredentials(connection, around.cipher),
    heldForms: createHeldForms(connection, around.cipher),
    signInSessions: createSignInSessions(connection, {
      idleMinutes: config.idleMinutes,
      absoluteHours: config.signInHours,
    }),
    pause: around.pause ?? ((milliseconds: number) => sleep(milliseconds)),
    organisations,
    trainingSessions,
    sessionChanges: createSessionChanges(connection),
    lessons,
    attendances,
    people,
    duplicates: createDuplicates(connection),
    sweeps: createSweeps(connection, people),
    personMerges,
    personRecords: createPersonRecords(connection),
    reveals,
    revealCases: createRevealCases(connection),
    peopleSearches,
    enrolments,
    rosterImports,
    assessments,
    candidates,
    certificates,
    prints,
    certificateBatches: createCertificateBatches(connection),
    certificateImports,
    claimCodes: createClaimCodes(connection, around.cipher),
    jobs: createJobs(connection, makeId),
    legalHolds: createLegalHolds(connection, enrolments, personMerges),
    destructions: createDestructions(connection),
    retentionWorks: createRetentionWorks(connection, {
      assessments,
      candidates,
      certificateImports,
      attendances,
      enrolments,
      events,
      keptFiles,
      people,
      peopleSearches,
      personMerges,
      reveals,
      rosterImports,
      subjectRequests,
      trainingSessions,
    }),
    exports: createExports(connection),
    subjectRequests,
    workTurns: createWorkTurns(connection),
    programmes: createProgrammes(connection),
    apprentices,
    studios: createStudios(connection),
    trainingPlatforms: createTrainingPlatforms(connection),
    recognitions: createRecognitions(connection),
    reads: {
      trainingChoices: createTrainingChoices(organisations),
      trailEvents: createTrailEvents(connection),
    },
    unscoped: {
      lessonOverlaps: createLessonOverlaps(connection, { enrolments, lessons, serials }),
      accountByUserName: createAccountByUserName(accounts),
      personIdentity: createPersonIdentity(people),
      personEngagements: createPersonEngagements(enrolments, trainingSessions),
      personDependents: createPersonDependents(candidates),
      activeApprentices: createActiveApprentices(apprentices),
      certificateChecks: createCertificateChecks(certificates, prints, organisations, around.cipher),
    },
  };
  await createIndexes(connection);
  await referenceData.sow();
  const reference = await referenceData.read();
  return { ...deps, reference, headcounts: createHeadcounts(connection, () => reference, deps.now) };
}
