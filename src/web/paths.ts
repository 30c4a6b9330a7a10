// Every URL of the product as a typed function; routes take its pattern, links its call.

export interface Path<Names extends string> {
  (...values: string[]): string;
  readonly pattern: string;
  readonly names: readonly Names[];
}

type NamesIn<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

/** A path of a pattern such as `/training-sessions/:id`; called with one value per name, in order. */
export function path<const P extends string>(pattern: P): Path<NamesIn<P>> {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((match) => match[1]) as NamesIn<P>[];
  const build = (...values: string[]) => {
    if (values.length !== names.length) throw new Error(`The path ${pattern} needs ${names.length} values`);
    let index = 0;
    return pattern.replace(/:\w+/g, () => encodeURIComponent(values[index++]!));
  };
  return Object.assign(build, { pattern, names });
}

/** A path with query values; empty ones are left out. */
export function withQuery(
  base: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? base : `${base}?${text}`;
}

export const paths = {
  front: path('/'),
  home: path('/home'),
  signIn: path('/session/new'),
  session: path('/session'),
  signOut: path('/session/end'),
  signInCode: path('/session/code'),
  signInCodeSetUp: path('/session/code-set-up'),
  heldForm: path('/session/held'),
  accountLink: path('/account-links/:token'),
  ownAccount: path('/account'),
  ownPassword: path('/account/password'),
  newOwnCode: path('/account/code/new'),
  ownCode: path('/account/code'),
  ownCodeRemoval: path('/account/code-removal'),
  ownSessionsEnd: path('/account/sessions/end'),
  displaySettings: path('/display-settings'),
  health: path('/health'),
  styles: path('/styles'),

  // training sessions, lessons, attendance
  trainingSessions: path('/training-sessions'),
  newTrainingSession: path('/training-sessions/new'),
  pastSessions: path('/training-sessions/past'),
  newPastSession: path('/training-sessions/past/new'),
  trainingSession: path('/training-sessions/:id'),
  editTrainingSession: path('/training-sessions/:id/edit'),
  sessionFiling: path('/training-sessions/:id/filing'),
  sessionStart: path('/training-sessions/:id/start'),
  sessionCompletion: path('/training-sessions/:id/completion'),
  sessionAssessed: path('/training-sessions/:id/assessed'),
  sessionClosure: path('/training-sessions/:id/closure'),
  newSessionCancellation: path('/training-sessions/:id/cancellation/new'),
  sessionCancellation: path('/training-sessions/:id/cancellation'),
  newSessionChange: path('/training-sessions/:id/changes/new'),
  sessionChanges: path('/training-sessions/:id/changes'),
  sessionChangeWithdrawal: path('/session-changes/:id/withdrawal'),
  sessionLessons: path('/training-sessions/:id/lessons'),
  sessionAttendance: path('/training-sessions/:id/attendance'),
  lessons: path('/lessons'),
  todaysLessons: path('/lessons/today'),
  unmarkedLessons: path('/lessons/unmarked'),
  lesson: path('/lessons/:id'),
  editLesson: path('/lessons/:id/edit'),
  lessonCancellation: path('/lessons/:id/cancellation'),
  lessonReopening: path('/lessons/:id/reopening'),
  lessonAttendance: path('/lessons/:id/attendance'),
  attendancePrefill: path('/lessons/:id/attendance/prefill'),
  signInSheet: path('/lessons/:id/sign-in-sheet.pdf'),
  sessionSignInSheet: path('/training-sessions/:id/sign-in-sheet.pdf'),
  evidence: path('/evidence/:id'),
  filings: path('/filings'),
  filing: path('/filings/:id'),
  filingApproval: path('/filings/:id/approval'),
  filingReturn: path('/filings/:id/return'),
  filingRefusal: path('/filings/:id/refusal'),

  // registers
  registers: path('/registers'),
  apprenticeships: path('/apprenticeships'),
  newApprenticeship: path('/apprenticeships/new'),
  apprenticeship: path('/apprenticeships/:id'),
  editApprenticeship: path('/apprenticeships/:id/edit'),
  apprenticeshipApprentices: path('/apprenticeships/:id/apprentices'),
  apprenticeshipSubmission: path('/apprenticeships/:id/submission'),
  apprenticeshipFiling: path('/apprenticeships/:id/filing'),
  apprenticeshipReturn: path('/apprenticeships/:id/return'),
  apprenticeshipStart: path('/apprenticeships/:id/start'),
  newApprenticeshipWithdrawal: path('/apprenticeships/:id/withdrawal/new'),
  apprenticeshipWithdrawal: path('/apprenticeships/:id/withdrawal'),
  apprenticeChange: path('/apprentices/:id/changes'),
  studios: path('/studios'),
  newStudio: path('/studios/new'),
  studio: path('/studios/:id'),
  studioUpgrade: path('/studios/:id/upgrade'),
  studioRenewal: path('/studios/:id/renewal'),
  studioLead: path('/studios/:id/lead'),
  newAnnulment: path('/recognitions/:id/annulment/new'),
  annulment: path('/recognitions/:id/annulment'),
  trainingPlatforms: path('/training-platforms'),
  newTrainingPlatform: path('/training-platforms/new'),
  trainingPlatform: path('/training-platforms/:id'),
  organisations: path('/organisations'),
  newOrganisation: path('/organisations/new'),
  organisation: path('/organisations/:id'),
  organisationFilings: path('/organisations/:id/filings'),
  refusals: path('/refusals'),
  users: path('/users'),
  newUser: path('/users/new'),
  user: path('/users/:id'),
  userRole: path('/users/:id/role'),
  userClosure: path('/users/:id/closure'),
  userReopening: path('/users/:id/reopening'),
  userLink: path('/users/:id/link'),
  userCodeRemoval: path('/users/:id/code-removal'),
  userUnlock: path('/users/:id/unlock'),
  trail: path('/trail'),
  trailExports: path('/trail/exports'),

  // figures
  years: path('/years'),
  year: path('/years/:year'),
  yearExport: path('/years/:year/export.:format'),
  yearTable: path('/years/:year/table'),
  yearTableExport: path('/years/:year/table/export.:format'),
  yearFigure: path('/years/:year/figures/:code'),
  yearRecords: path('/years/:year/records'),

  // certification
  assessments: path('/assessments'),
  newAssessment: path('/assessments/new'),
  assessment: path('/assessments/:id'),
  assessmentCandidates: path('/assessments/:id/candidates'),
  newCandidates: path('/assessments/:id/candidates/new'),
  scores: path('/assessments/:id/scores'),
  newScores: path('/assessments/:id/scores/new'),
  scoreCorrections: path('/assessments/:id/corrections'),
  newScoreCorrection: path('/assessments/:id/corrections/new'),
  eligibility: path('/assessments/:id/eligibility'),
  sessionAssessment: path('/training-sessions/:id/assessment'),
  certificateBatches: path('/certificate-batches'),
  proposeBatch: path('/assessments/:id/certificate-batches'),
  certificateBatch: path('/certificate-batches/:id'),
  batchApproval: path('/certificate-batches/:id/approval'),
  batchReturn: path('/certificate-batches/:id/return'),
  batchZip: path('/certificate-batches/:id/certificates.zip'),
  batchPrint: path('/certificate-batches/:id/print.pdf'),
  claimSlips: path('/certificate-batches/:id/claim-slips'),
  certificates: path('/certificates'),
  certificate: path('/certificates/:id'),
  certificateFile: path('/certificates/:id/certificate.pdf'),
  newReplacement: path('/certificates/:id/replacement/new'),
  replacement: path('/certificates/:id/replacement'),
  newRevocation: path('/certificates/:id/revocation/new'),
  revocation: path('/certificates/:id/revocation'),
  certificateImports: path('/certificate-imports'),
  newCertificateImport: path('/certificate-imports/new'),
  certificateImport: path('/certificate-imports/:id'),
  certificateImportApproval: path('/certificate-imports/:id/approval'),
  certificateImportReturn: path('/certificate-imports/:id/return'),
  newRecordedCertificate: path('/certificate-imports/single/new'),
  newCheck: path('/checks/new'),
  checks: path('/checks'),
  tokenCheck: path('/c/:token'),
  newFind: path('/certificate-finds/new'),
  finds: path('/certificate-finds'),
  myCertificates: path('/my/certificates'),
  myCertificate: path('/my/certificates/:id'),
  myCertificateFile: path('/my/certificates/:id/certificate.pdf'),
  endFind: path('/my/end'),
  job: path('/jobs/:id'),
  jobEvents: path('/jobs/:id/events'),
  jobStop: path('/jobs/:id/stop'),
  jobResume: path('/jobs/:id/resumption'),
  // rosters and people
  roster: path('/training-sessions/:id/roster'),
  newRoster: path('/training-sessions/:id/roster/new'),
  rosterTemplate: path('/training-sessions/:id/roster/template'),
  rosterFile: path('/training-sessions/:id/roster/file'),
  rosterPrint: path('/training-sessions/:id/roster/print'),
  newEnrolment: path('/training-sessions/:id/enrolments/new'),
  enrolments: path('/training-sessions/:id/enrolments'),
  rosterImports: path('/imports'),
  rosterImport: path('/roster-imports/:id'),
  rosterColumns: path('/roster-imports/:id/columns'),
  rosterCommitment: path('/roster-imports/:id/commitment'),
  rosterReversal: path('/roster-imports/:id/reversal'),
  rosterErrorFile: path('/roster-imports/:id/error-file'),
  people: path('/people'),
  person: path('/people/:id'),
  newReveal: path('/people/:id/reveals/new'),
  personReveals: path('/people/:id/reveals'),
  reveals: path('/reveals'),
  revealCases: path('/reveals/cases'),
  newPersonName: path('/people/:id/name/new'),
  personName: path('/people/:id/name'),
  personSearches: path('/searches'),
  duplicates: path('/duplicates'),
  duplicate: path('/duplicates/:id'),
  duplicateMerge: path('/duplicates/:id/merge'),
  duplicateDismissal: path('/duplicates/:id/dismissal'),
  personMerge: path('/person-merges/:id'),
  personMergeReversal: path('/person-merges/:id/reversal'),

  // what is kept of persons, how long, and what they may ask for
  retention: path('/retention'),
  legalHolds: path('/retention/holds'),
  newPersonHold: path('/people/:id/holds/new'),
  personHolds: path('/people/:id/holds'),
  newSessionHold: path('/training-sessions/:id/holds/new'),
  sessionHolds: path('/training-sessions/:id/holds'),
  exports: path('/exports'),
  exportFile: path('/exports/:id/file'),
  newRosterNumbers: path('/training-sessions/:id/roster/numbers/new'),
  rosterNumbers: path('/training-sessions/:id/roster/numbers'),
  newPersonRecord: path('/people/:id/record/new'),
  personRecord: path('/people/:id/record'),
  myRecord: path('/my/record'),
  subjectRequests: path('/subject-requests'),
  subjectRequestDecisions: path('/subject-requests/decisions'),
  subjectRequestFile: path('/subject-requests/:id/file'),
  myRequests: path('/my/requests'),
  myErasure: path('/my/erasure'),
  enrolment: path('/enrolments/:id'),
  withdrawal: path('/enrolments/:id/withdrawal'),
  reinstatement: path('/enrolments/:id/reinstatement'),
} as const;
