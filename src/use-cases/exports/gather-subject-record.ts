// Everything held about one person, as plain data with the field's words; numbers in clear, for they are the person's own.
import type { Deps } from '../../deps.ts';
import { district, type Scope } from '../../domain/accounts/scope.ts';
import type { Certificate } from '../../domain/certifications/certificate.ts';
import { courseRecords } from './course-records.ts';
import { joinedRecords, personEntry } from './joined-records.ts';
import type { Entry, SubjectRecord } from './subject-record.ts';
import { waitingCertificates } from './waiting-certificates.ts';

export type GatherDeps = Pick<
  Deps,
  | 'people'
  | 'personMerges'
  | 'personRecords'
  | 'duplicates'
  | 'legalHolds'
  | 'enrolments'
  | 'trainingSessions'
  | 'lessons'
  | 'attendances'
  | 'rosterImports'
  | 'candidates'
  | 'assessments'
  | 'certificates'
  | 'certificateImports'
  | 'apprentices'
  | 'programmes'
  | 'claimCodes'
  | 'organisations'
  | 'reveals'
  | 'subjectRequests'
  | 'keptFiles'
  | 'cipher'
  | 'events'
  | 'now'
>;

const eventLimit = 5_000;

/** A file the person sent along, or one that proves a change of their records: it goes with the record. */
export interface SentFile {
  readonly id: string;
  readonly name: string;
}

/**
 * The record with the person's certificates, the files they sent and those that prove changes, all of which go with it; throws NotFound for a
 * person out of scope.
 */
export async function gatherSubjectRecord(
  deps: GatherDeps,
  scope: Scope,
  personId: string,
): Promise<{ record: SubjectRecord; certificates: readonly Certificate[]; files: readonly SentFile[] }> {
  const person = await deps.people.get(scope, personId);
  const [courses, joined, certificates, apprentices, seen, requests] = await Promise.all([
    courseRecords(deps, person),
    joinedRecords(deps, person),
    deps.certificates.find(district, { personId }, { sort: { issuedOn: 1 } }),
    deps.apprentices.find(district, { personId }),
    deps.reveals.ofPerson(personId),
    deps.subjectRequests.ofPerson(personId),
  ]);
  const about = [
    ['person', joined.recordIds],
    ['enrolment', courses.enrolmentIds],
    ['certificate', certificates.map(({ id }) => id)],
    ['apprentice', apprentices.map(({ id }) => id)],
  ] as const;
  const evidence = await evidenceOf(deps, about);
  const record: SubjectRecord = {
    madeAt: deps.now().toISOString(),
    person: personEntry(deps, person),
    ...courses.entries,
    ...joined.entries,
    scores: await scoreEntries(deps, personId),
    certificates: certificates.map(certificateEntry),
    waitingCertificates: await waitingCertificates(deps, personId),
    apprenticeships: apprentices.map(
      ({ enrolledOn, status, contractNumber, contractFrom, contractTo, ...one }) => ({
        enrolledOn,
        status,
        contractNumber,
        contractFrom,
        contractTo,
        enterpriseMentor: one.enterpriseMentor,
        schoolMentor: one.schoolMentor,
        education: one.education,
      }),
    ),
    claimCodes: await deps.claimCodes.ofPerson(personId),
    requests: requests.map((one) => ({
      number: one.number,
      at: one.createdAt.toISOString(),
      request: one.fact ?? one.kind,
      wanted: one.wantedSealed === null ? null : deps.cipher.open(one.wantedSealed),
      status: one.status,
      outcomes: one.outcomes.map(({ part, ground }) => `${part}: ${ground ?? 'erased'}`).join(', '),
      answer: one.answer,
      by: one.decidedByName,
      file: one.fileId === null ? null : `request ${one.number}`,
    })),
    numbersSeen: seen.map(({ at, accountName, field, purpose, note }) => ({
      at: at.toISOString(),
      by: accountName,
      field,
      purpose,
      note,
    })),
    evidence: evidence.map(({ keptAt, name }) => ({ at: keptAt.toISOString(), file: name })),
    events: await eventEntries(deps, about, new Map(evidence.map(({ id, name }) => [id, name]))),
  };
  const sent = requests.flatMap(({ fileId, number }) =>
    fileId === null ? [] : [{ id: fileId, name: `request ${number}` }],
  );
  const files = [...sent, ...evidence.map(({ id, name }) => ({ id, name }))];
  return { record, certificates, files };
}

type About = readonly (readonly [kind: string, ids: readonly string[]])[];

/** What is kept as evidence about these records, each file once, with the name it goes along under. */
async function evidenceOf(deps: Pick<Deps, 'keptFiles'>, about: About) {
  const found = (
    await Promise.all(about.map(([kind, ids]) => deps.keptFiles.evidenceAbout(kind, ids)))
  ).flat();
  return [...new Map(found.map((one) => [one.id, one])).values()].map(({ id, keptAt }, index) => ({
    id,
    keptAt,
    name: `evidence ${index + 1}`,
  }));
}

function certificateEntry(one: Certificate): Entry {
  return {
    kind: one.kind,
    number: one.number,
    name: one.holderName,
    occupation: one.occupationName,
    skillLevel: one.skillLevel,
    issuer: one.issuerName,
    issuedOn: one.issuedOn,
    validUntil: one.validUntil,
    theory: one.theory,
    practice: one.practice,
    hours: one.hours,
    status: one.status,
    revokedOn: one.revokedOn,
    source: one.source,
  };
}

async function scoreEntries(deps: GatherDeps, personId: string): Promise<Entry[]> {
  const candidates = await deps.candidates.find(district, { personId });
  const ids = candidates.map((one) => one.assessmentId);
  const assessments = new Map(
    (await deps.assessments.find(district, { _id: { $in: ids } })).map((one) => [one.id, one.number]),
  );
  return candidates.flatMap((candidate) =>
    candidate.attempts.map(({ on, theory, practice }) => ({
      assessment: assessments.get(candidate.assessmentId) ?? '',
      on,
      theory,
      practice,
    })),
  );
}

async function eventEntries(
  deps: Pick<Deps, 'events'>,
  about: About,
  files: ReadonlyMap<string, string>,
): Promise<Entry[]> {
  const found = await Promise.all(
    about.flatMap(([kind, ids]) => ids.map((id) => deps.events.about(kind, id, eventLimit))),
  );
  return found
    .flat()
    .sort((a, b) => a.when.getTime() - b.when.getTime())
    .map((event) => ({
      at: event.when.toISOString(),
      what: event.what,
      by: event.who.name,
      reason: event.reason ?? null,
      file: files.get(event.evidenceId ?? '') ?? null,
    }));
}
