// Random histories for the counting rules: few persons, sessions and days, so that everything collides.
import fc from 'fast-check';
import type {
  ApprenticeFact,
  CertificateFact,
  DatedState,
  EnrolmentFact,
  ProgrammeFact,
  RecognitionFact,
  SessionFact,
  YearFacts,
} from '../../../src/domain/headcounts/index.ts';

export const areaCodes = ['320507001', '320507002', '320507100'];
export const lastInstant = 12;

const inYear = fc.constantFrom('2021-01-01', '2021-01-31', '2021-06-15', '2021-06-16', '2021-12-31');
const day = fc.oneof(
  { weight: 3, arbitrary: inYear },
  { weight: 1, arbitrary: fc.constantFrom('2019-05-05', '2020-12-31', '2022-01-01') },
);
const anyDay = fc.oneof(day, fc.constantFrom('2019-05-05', '2020-12-31'));
const instant = fc.integer({ min: 1, max: lastInstant });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });
const code = (...codes: string[]) => fc.constantFrom<string | null>(...codes, null, 'notApplicable');
const areaCode = fc.constantFrom<string | null>(...areaCodes, '320506001', null);

const person = {
  personId: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
  gender: fc.constantFrom<string | null>('male', 'female', null),
  birthDay: fc.constantFrom<string | null>(
    '1964-02-29',
    '1996-06-16',
    '1996-06-15',
    '2005-01-31',
    '2006-01-01',
    null,
  ),
  education: code('bachelor', 'college'),
  keyGroups: maybe(fc.array(fc.constantFrom('veteran', 'migrant', 'graduate'), { maxLength: 3 })),
};

/** Steps along a path, each at or after the one before, cut short anywhere. */
function history<State extends string>(
  paths: readonly (readonly State[])[],
  on: fc.Arbitrary<string> = day,
): fc.Arbitrary<DatedState<State>[]> {
  return fc.constantFrom(...paths).chain((path) =>
    fc
      .tuple(
        fc.oneof(fc.constant(path.length), fc.integer({ min: 1, max: path.length })),
        fc.array(fc.tuple(instant, on), { minLength: 8, maxLength: 8 }),
      )
      .map(([length, steps]) => {
        const instants = steps.map(([at]) => at).sort((a, b) => a - b);
        return path.slice(0, length).map((to, index) => ({ to, at: instants[index]!, on: steps[index]![1] }));
      }),
  );
}

const datedDays = (dayOrNone: fc.Arbitrary<string | null>) =>
  fc
    .array(fc.tuple(instant, dayOrNone), { minLength: 1, maxLength: 3 })
    .map((entries) => entries.sort(([a], [b]) => a - b).map(([at, known]) => ({ at, day: known })));

function numbered<Fact extends object>(prefix: string, max: number, shape: fc.Arbitrary<Fact>) {
  return fc
    .array(shape, { minLength: Math.floor(max / 3), maxLength: max, size: 'max' })
    .map((facts) => facts.map((fact, index) => ({ id: `${prefix}${index}`, ...fact })));
}

const session = fc.record({
  kind: fc.constantFrom('upskilling', 'upskilling', 'project', 'work_training'),
  subsidised: fc.constantFrom(true, true, true, false),
  fundingSource: code('fund1', 'fund2'),
  centreId: code('c1', 'c2'),
  areaCode,
  occupationCode: code('6-18-01-01', '6-31-01-03'),
  skillLevel: code('junior', 'senior'),
  states: history<SessionFact['states'][number]['to']>([
    ['draft', 'submitted', 'approved', 'in_progress', 'completed'],
    ['approved', 'in_progress', 'completed', 'assessed'],
    ['submitted', 'approved', 'in_progress'],
    ['approved', 'in_progress', 'completed', 'assessed', 'closed'],
    ['approved', 'in_progress', 'cancelled'],
    ['submitted', 'rejected'],
    ['in_progress', 'completed'],
    ['submitted', 'returned', 'submitted', 'approved', 'in_progress'],
  ]),
  firstHeld: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: datedDays(maybe(day)) },
  ),
  startDays: datedDays(day),
  recordedFromPaper: fc.constantFrom(false, false, true),
});

const enrolment = fc.record({
  ...person,
  sessionIndex: fc.nat(20),
  states: history<EnrolmentFact['states'][number]['to']>([
    ['enrolled', 'completed'],
    ['enrolled', 'absent'],
    ['enrolled', 'withdrawn'],
    ['enrolled', 'withdrawn', 'enrolled', 'incomplete'],
    ['enrolled', 'undone'],
  ]),
});

const certificate = fc.record({
  ...person,
  kind: fc.constantFrom(
    'skill_level',
    'skill_level',
    'national_qualification',
    'training_completion',
    'special_skill',
  ),
  rank: fc.constantFrom(null, 3, 4, 4, 5),
  skillLevel: code('junior', 'senior'),
  issuedOn: fc.oneof(day, fc.constantFrom('2021-06-15', '2020-12-31')),
  recordedAt: instant,
  endedAt: maybe(instant),
  countedArea: fc.constantFrom<string | null>('320507', '320507', '320507', '320506', null),
  areaCode,
  evaluatorId: code('e1', 'e2'),
  centreId: code('c1', 'c2'),
  occupationCode: code('6-18-01-01', '6-31-01-03'),
  fundingSource: code('fund1', 'fund2'),
});

const programme = fc.record({
  enterpriseId: fc.constantFrom('n1', 'n2', 'n3'),
  areaCode,
  occupationCode: code('6-18-01-01'),
  skillLevel: code('intermediate', 'senior'),
  states: history<ProgrammeFact['states'][number]['to']>(
    [
      ['draft', 'submitted', 'filed', 'running', 'mid_check', 'finished'],
      ['submitted', 'filed', 'withdrawn'],
      ['filed', 'running', 'terminated'],
      ['submitted', 'rejected'],
      ['filed', 'filed'],
    ],
    anyDay,
  ),
});

const apprentice = fc.record({
  ...person,
  programmeIndex: fc.nat(20),
  enrolledOn: anyDay,
  recordedAt: instant,
  undoneAt: maybe(instant),
});

const recognition = fc.record({
  subjectId: fc.constantFrom('u1', 'u2', 'u3'),
  kind: fc.constantFrom<RecognitionFact['kind']>('rural_talent', 'skill_master', 'training_platform'),
  tier: fc.constantFrom<RecognitionFact['tier']>('provincial', 'district'),
  areaCode,
  recognisedOn: day,
  recordedAt: instant,
  annulledAt: maybe(instant),
});

/** Facts of three years with every kind of record, whole in themselves. */
export const randomFacts: fc.Arbitrary<YearFacts> = fc
  .record({
    sessions: numbered('s', 4, session),
    enrolments: numbered('e', 20, enrolment),
    certificates: numbered('c', 14, certificate),
    programmes: numbered('g', 6, programme),
    apprentices: numbered('a', 10, apprentice),
    recognitions: numbered('r', 8, recognition),
    shuffle: fc.array(fc.nat(99), { minLength: 16, maxLength: 16 }),
  })
  .map(({ shuffle, ...facts }) => ({
    ...facts,
    districtCode: '320507',
    areaCodes,
    lastChange: 7,
    enrolments: facts.sessions.length === 0 ? [] : facts.enrolments.map((e) => placeIn(e, facts.sessions)),
    apprentices:
      facts.programmes.length === 0 ? [] : facts.apprentices.map((a) => placeUnder(a, facts.programmes)),
    // Numbers in another order than the records.
    certificates: facts.certificates.map((c, index) => ({
      ...c,
      number: `N${100 + shuffle[index]!}-${index}`,
    })) satisfies CertificateFact[],
  }));

function placeIn<Fact extends { sessionIndex: number }>(fact: Fact, sessions: readonly { id: string }[]) {
  const { sessionIndex, ...rest } = fact;
  return { ...rest, sessionId: sessions[sessionIndex % sessions.length]!.id };
}

function placeUnder<Fact extends { programmeIndex: number }>(
  fact: Fact,
  programmes: readonly { id: string }[],
) {
  const { programmeIndex, ...rest } = fact;
  return {
    ...rest,
    programmeId: programmes[programmeIndex % programmes.length]!.id,
  } satisfies Partial<ApprenticeFact>;
}
