// The counting rules of version 1 said again as plainly as possible, with nested loops and sets, to check the module
// against. It shares no code with it, only the shape of the facts.
import type {
  ApprenticeFact,
  CertificateFact,
  EnrolmentFact,
  PersonFacts,
  SessionFact,
  YearFacts,
} from '../../../src/domain/headcounts/index.ts';

export interface NaiveRow {
  readonly id: string;
  readonly owner: string;
  readonly tags: readonly string[];
  /** Dimension → members; a dimension that is missing is not applicable. */
  readonly members: Readonly<Record<string, readonly string[]>>;
}

export type NaiveTables = Record<
  'training' | 'workTraining' | 'certificates' | 'programmes' | 'apprentices' | 'recognitions',
  NaiveRow[]
>;

/** What each measure counts: a table, a tag rows must have, and whether owners are counted once. */
export const naiveMeasures: Record<string, readonly [keyof NaiveTables, string | null, 'rows' | 'owners']> = {
  personTimes: ['training', null, 'rows'],
  persons: ['training', null, 'owners'],
  noShows: ['training', 'noShow', 'rows'],
  workTraining: ['workTraining', null, 'rows'],
  certificates: ['certificates', null, 'rows'],
  certifiedPersons: ['certificates', null, 'owners'],
  highSkilledTalents: ['certificates', 'new', 'owners'],
  highSkilledGross: ['certificates', 'high', 'owners'],
  filingEnterprises: ['programmes', null, 'owners'],
  firstFilers: ['programmes', 'first', 'owners'],
  newApprentices: ['apprentices', 'new', 'owners'],
  earlierApprentices: ['apprentices', 'old', 'owners'],
  provincialRuralTalentStudios: ['recognitions', 'F17', 'owners'],
  districtSkillMasterStudios: ['recognitions', 'F18', 'owners'],
  districtTrainingPlatforms: ['recognitions', 'F19', 'owners'],
};

export function naiveTables(facts: YearFacts, year: number, cutOff: number): NaiveTables {
  return {
    training: enrolments(facts, year, cutOff, false),
    workTraining: enrolments(facts, year, cutOff, true),
    certificates: certificates(facts, year, cutOff),
    programmes: programmes(facts, year, cutOff),
    apprentices: apprentices(facts, year, cutOff),
    recognitions: recognitions(facts, year, cutOff),
  };
}

function inYear(day: string, year: number): boolean {
  return day.startsWith(`${year}-`);
}

function value(code: string | null): string[] {
  return [code === null ? 'unknown' : code];
}

function area(facts: YearFacts, code: string | null): string[] {
  if (code === null) return ['unknown'];
  return [facts.areaCodes.includes(code) || code === 'notApplicable' ? code : 'outside'];
}

function person(about: PersonFacts, day: string): Record<string, string[]> {
  let band = 'unknown';
  if (about.birthDay !== null) {
    const [birthYear, birthRest] = [Number(about.birthDay.slice(0, 4)), about.birthDay.slice(5)];
    let age = Number(day.slice(0, 4)) - birthYear;
    if (birthRest > day.slice(5)) age -= 1;
    if (age < 16) band = 'under16';
    else if (age <= 24) band = '16-24';
    else if (age <= 34) band = '25-34';
    else if (age <= 44) band = '35-44';
    else if (age <= 54) band = '45-54';
    else band = '55+';
  }
  let groups = ['unknown'];
  if (about.keyGroups !== null) {
    groups = about.keyGroups.length === 0 ? ['notApplicable'] : [...new Set(about.keyGroups)];
  }
  return {
    gender: value(about.gender),
    education: value(about.education),
    ageBand: [band],
    keyGroup: groups,
  };
}

function lastKnown<Entry extends { at: number }>(
  entries: readonly Entry[],
  cutOff: number,
): Entry | undefined {
  return entries.filter((entry) => entry.at <= cutOff).at(-1);
}

function enrolments(facts: YearFacts, year: number, cutOff: number, workTraining: boolean): NaiveRow[] {
  const rows: NaiveRow[] = [];
  for (const enrolment of facts.enrolments) {
    const session = facts.sessions.find((other) => other.id === enrolment.sessionId)!;
    if ((session.kind === 'work_training') !== workTraining) continue;
    const start = sessionStart(session, cutOff);
    if (start === null || !inYear(start, year) || !sessionCounts(session, cutOff)) continue;
    if (!enrolmentCounts(enrolment, start, cutOff)) continue;
    rows.push({
      id: enrolment.id,
      owner: enrolment.personId,
      tags: lastKnown(enrolment.states, cutOff)!.to === 'absent' ? ['noShow'] : [],
      members: {
        month: [start.slice(5, 7)],
        area: area(facts, session.areaCode),
        centre: value(session.centreId),
        occupation: value(session.occupationCode),
        level: value(session.skillLevel),
        kind: [session.kind],
        fundingSource: value(session.fundingSource),
        ...person(enrolment, start),
      },
    });
  }
  return rows;
}

function sessionStart(session: SessionFact, cutOff: number): string | null {
  const held = lastKnown(session.firstHeld, cutOff)?.day ?? null;
  if (held !== null) return held;
  const lessonless = session.recordedFromPaper || session.kind === 'work_training';
  return lessonless ? (lastKnown(session.startDays, cutOff)?.day ?? null) : null;
}

function sessionCounts(session: SessionFact, cutOff: number): boolean {
  const known = session.states.filter((state) => state.at <= cutOff);
  const approved = known.some((state) => state.to === 'approved');
  const ran = known.some((state) => state.to === 'in_progress');
  const ended = known.at(-1)?.to;
  return session.subsidised && approved && ran && ended !== 'cancelled' && ended !== 'rejected';
}

function enrolmentCounts(enrolment: EnrolmentFact, start: string, cutOff: number): boolean {
  const state = lastKnown(enrolment.states, cutOff);
  if (state === undefined) return false;
  if (state.to === 'undone') return false;
  if (state.to === 'withdrawn' && state.on < start) return false;
  return true;
}

function certificates(facts: YearFacts, year: number, cutOff: number): NaiveRow[] {
  const appraisal = (c: CertificateFact) => c.kind === 'national_qualification' || c.kind === 'skill_level';
  const valid = (c: CertificateFact) =>
    c.recordedAt <= cutOff && !(c.endedAt !== null && c.endedAt <= cutOff);
  const counts = (c: CertificateFact) =>
    appraisal(c) && valid(c) && c.countedArea === facts.districtCode && inYear(c.issuedOn, year);
  const high = (c: CertificateFact) => c.rank !== null && c.rank >= 4;
  return facts.certificates.filter(counts).map((certificate) => {
    const own = facts.certificates.filter((other) => other.personId === certificate.personId);
    const heldBefore = own.some((c) => appraisal(c) && high(c) && valid(c) && c.issuedOn < `${year}-01-01`);
    const [first] = own
      .filter((c) => counts(c) && high(c))
      .sort((a, b) => (`${a.issuedOn} ${a.number}` < `${b.issuedOn} ${b.number}` ? -1 : 1));
    const tags: string[] = [];
    if (high(certificate)) tags.push('high');
    if (first === certificate && !heldBefore) tags.push('new');
    return {
      id: certificate.id,
      owner: certificate.personId,
      tags,
      members: {
        month: [certificate.issuedOn.slice(5, 7)],
        area: area(facts, certificate.areaCode),
        centre: value(certificate.centreId),
        evaluator: value(certificate.evaluatorId),
        occupation: value(certificate.occupationCode),
        level: value(certificate.skillLevel),
        kind: [certificate.kind],
        fundingSource: value(certificate.fundingSource),
        ...person(certificate, certificate.issuedOn),
      },
    };
  });
}

function filingDay(facts: YearFacts, programmeId: string, cutOff: number): string | null {
  const programme = facts.programmes.find((other) => other.id === programmeId)!;
  const ended = lastKnown(programme.states, cutOff)?.to;
  if (ended === 'withdrawn' || ended === 'rejected') return null;
  const filings = programme.states.filter((state) => state.to === 'filed');
  return lastKnown(filings, cutOff)?.on ?? null;
}

function programmes(facts: YearFacts, year: number, cutOff: number): NaiveRow[] {
  const rows: NaiveRow[] = [];
  for (const programme of facts.programmes) {
    const day = filingDay(facts, programme.id, cutOff);
    if (day === null || !inYear(day, year)) continue;
    let first = true;
    for (const other of facts.programmes) {
      const otherDay = filingDay(facts, other.id, cutOff);
      if (other.enterpriseId !== programme.enterpriseId || otherDay === null) continue;
      if (otherDay < `${year}-01-01`) first = false;
    }
    rows.push({
      id: programme.id,
      owner: programme.enterpriseId,
      tags: first ? ['first'] : [],
      members: {
        month: [day.slice(5, 7)],
        area: area(facts, programme.areaCode),
        occupation: value(programme.occupationCode),
        level: value(programme.skillLevel),
      },
    });
  }
  return rows;
}

function apprentices(facts: YearFacts, year: number, cutOff: number): NaiveRow[] {
  const entryDay = (apprentice: ApprenticeFact): string | null => {
    const filed = filingDay(facts, apprentice.programmeId, cutOff);
    if (filed === null || apprentice.recordedAt > cutOff) return null;
    if (apprentice.undoneAt !== null && apprentice.undoneAt <= cutOff) return null;
    return [filed, apprentice.enrolledOn].sort().at(-1)!;
  };
  const entries = facts.apprentices
    .map((apprentice) => ({ apprentice, day: entryDay(apprentice) }))
    .filter((entry): entry is { apprentice: ApprenticeFact; day: string } => entry.day !== null);
  return entries
    .filter(({ day }) => inYear(day, year))
    .map(({ apprentice, day }) => {
      const own = entries.filter((other) => other.apprentice.personId === apprentice.personId);
      const [first] = [...own].sort((a, b) =>
        `${a.day} ${a.apprentice.id}` < `${b.day} ${b.apprentice.id}` ? -1 : 1,
      );
      const tags: string[] = [];
      if (first!.apprentice === apprentice) tags.push('new');
      if (first!.day < `${year}-01-01`) tags.push('old');
      const programme = facts.programmes.find((other) => other.id === apprentice.programmeId)!;
      return {
        id: apprentice.id,
        owner: apprentice.personId,
        tags,
        members: {
          month: [day.slice(5, 7)],
          area: area(facts, programme.areaCode),
          occupation: value(programme.occupationCode),
          level: value(programme.skillLevel),
          ...person(apprentice, day),
        },
      };
    });
}

function recognitions(facts: YearFacts, year: number, cutOff: number): NaiveRow[] {
  const figures: Record<string, string> = {
    'rural_talent provincial': 'F17',
    'skill_master district': 'F18',
    'training_platform district': 'F19',
  };
  const standing = facts.recognitions.filter(
    (r) => r.recordedAt <= cutOff && !(r.annulledAt !== null && r.annulledAt <= cutOff),
  );
  const rows: NaiveRow[] = [];
  for (const recognition of standing) {
    const earlier = standing.some(
      (other) =>
        other.subjectId === recognition.subjectId &&
        other.kind === recognition.kind &&
        other.tier === recognition.tier &&
        `${other.recognisedOn} ${other.id}` < `${recognition.recognisedOn} ${recognition.id}`,
    );
    if (earlier || !inYear(recognition.recognisedOn, year)) continue;
    const figure = figures[`${recognition.kind} ${recognition.tier}`];
    rows.push({
      id: recognition.id,
      owner: recognition.subjectId,
      tags: figure === undefined ? [] : [figure],
      members: {
        month: [recognition.recognisedOn.slice(5, 7)],
        area: area(facts, recognition.areaCode),
        kind: [recognition.kind],
      },
    });
  }
  return rows;
}

export function membersOf(row: NaiveRow, dimension: string): readonly string[] {
  return row.members[dimension] ?? ['notApplicable'];
}

/** The rows a measure counts, narrowed by conditions `[dimension, member]`. */
export function naiveRows(
  tables: NaiveTables,
  measure: string,
  conditions: readonly (readonly [string, string])[],
): NaiveRow[] {
  const [table, tag] = naiveMeasures[measure]!;
  return tables[table].filter(
    (row) =>
      (tag === null || row.tags.includes(tag)) &&
      conditions.every(([dimension, member]) => membersOf(row, dimension).includes(member)),
  );
}

export function naiveCount(
  tables: NaiveTables,
  measure: string,
  conditions: readonly (readonly [string, string])[] = [],
): number {
  const rows = naiveRows(tables, measure, conditions);
  return naiveMeasures[measure]![2] === 'rows' ? rows.length : new Set(rows.map((row) => row.owner)).size;
}
