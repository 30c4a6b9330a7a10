// Each clause of the definitions of F13 to F20 as a case: what happens, and by how much every figure moves.
import { expect } from 'chai';
import {
  buildYear,
  countFigure,
  countFigures,
  countMeasure,
  type CertificateFact,
  type YearFacts,
} from '../../../src/domain/headcounts/index.ts';
import {
  aCertificate,
  anApprentice,
  anEnrolment,
  aProgramme,
  aRecognition,
  aSession,
  endOf2022,
  instantOf,
  someFacts,
} from './build-facts.ts';

const district = { cutOff: endOf2022, scope: { kind: 'district' } } as const;

/** Values and companions of a year's figures, each as one number under its own name. */
function numbers(facts: YearFacts, year = 2021, cutOff = endOf2022): Record<string, number | null> {
  const all: Record<string, number | null> = {};
  for (const figure of countFigures(buildYear(facts, year), { ...district, cutOff })) {
    if (!figure.recorded) continue;
    all[figure.code] = figure.value;
    for (const { key, value } of figure.companions) all[`${figure.code} ${key}`] = value;
  }
  return all;
}

/** What is different between two histories, number by number; everything else is the same. */
function moved(before: YearFacts, after: YearFacts, year = 2021): Record<string, number> {
  const [from, to] = [numbers(before, year), numbers(after, year)];
  const difference: Record<string, number> = {};
  for (const [name, value] of Object.entries(to)) {
    if (value !== from[name]) difference[name] = value! - from[name]!;
  }
  return difference;
}

const three = [anEnrolment('e1'), anEnrolment('e2'), anEnrolment('e3', { personId: 'person of e1' })];
const training = someFacts({ sessions: [aSession()], enrolments: three });
const states = (to: 'withdrawn' | 'absent' | 'undone', on: string) => [
  ...three[0]!.states,
  { to, on, at: instantOf('2021-08-01') },
];

describe('domain/headcounts/figures', () => {
  it('lists all 41 figures; those without records have no value, never 0', () => {
    const figures = countFigures(buildYear(someFacts(), 2021), district);
    expect(figures.map(({ code }) => code))
      .to.have.lengthOf(41)
      .and.include('F01')
      .and.include('F41');
    const unrecorded = figures.filter(({ recorded }) => !recorded);
    expect(unrecorded).to.have.lengthOf(33);
    expect(unrecorded[0]).to.deep.equal({ code: 'F01', recorded: false, value: null });
    expect(countFigure(buildYear(someFacts(), 2021), 'F13', district)).to.deep.equal({
      code: 'F13',
      recorded: true,
      measure: 'personTimes',
      value: 0,
      unit: 'personTimes',
      companions: [
        { key: 'persons', value: 0, unit: 'persons' },
        { key: 'noShows', value: 0, unit: 'personTimes' },
        { key: 'workTraining', value: 0, unit: 'personTimes' },
      ],
      version: 1,
    });
  });

  describe('F13', () => {
    it('counts enrolments, with the persons beside it', () => {
      expect(numbers(training)).to.include({ F13: 3, 'F13 persons': 2, 'F13 noShows': 0 });
    });

    it('loses one when it was withdrawn on a day before the start, none on the day itself or later', () => {
      const withdrawn = (on: string) =>
        someFacts({
          ...training,
          enrolments: [{ ...three[0]!, states: states('withdrawn', on) }, ...three.slice(1)],
        });
      expect(moved(training, withdrawn('2021-05-31'))).to.deep.equal({ F13: -1 });
      expect(moved(training, withdrawn('2021-06-01'))).to.deep.equal({});
      expect(moved(training, withdrawn('2021-06-02'))).to.deep.equal({});
    });

    it('counts a no-show and says so; loses one whose import was undone', () => {
      const ended = (to: 'absent' | 'undone') =>
        someFacts({
          ...training,
          enrolments: [...three.slice(0, 1), { ...three[1]!, states: states(to, '2021-08-01') }, three[2]!],
        });
      expect(moved(training, ended('absent'))).to.deep.equal({ 'F13 noShows': 1 });
      expect(moved(training, ended('undone'))).to.deep.equal({ F13: -1, 'F13 persons': -1 });
    });

    it('loses all n when the session is postponed to 2022, which gains them', () => {
      const [session] = training.sessions;
      const postponed = someFacts({
        ...training,
        sessions: [
          {
            ...session!,
            firstHeld: [
              ...session!.firstHeld,
              { day: null, at: instantOf('2021-06-02') },
              { day: '2022-02-14', at: instantOf('2022-02-14') },
            ],
            startDays: [...session!.startDays, { day: '2022-02-14', at: instantOf('2021-06-02') }],
          },
        ],
      });
      expect(moved(training, postponed)).to.deep.equal({ F13: -3, 'F13 persons': -2 });
      expect(moved(training, postponed, 2022)).to.deep.equal({ F13: 3, 'F13 persons': 2 });
    });

    it('answers each cut-off on the same columns by what was known then', () => {
      const [session] = training.sessions;
      const held = [
        { day: '2021-06-01', at: instantOf('2021-06-01') },
        { day: null, at: instantOf('2021-07-01') },
        { day: '2021-12-30', at: instantOf('2021-12-30') },
      ];
      const columns = buildYear(
        someFacts({ ...training, sessions: [{ ...session!, firstHeld: held }] }),
        2021,
      );
      const at = (day: string) =>
        countMeasure(columns, 'personTimes', { ...district, cutOff: new Date(instantOf(day)) }).value;
      const days = ['2021-05-31', '2021-06-01', '2021-06-30', '2021-07-01', '2021-12-29', '2021-12-30'];
      expect(days.map(at)).to.deep.equal([0, 3, 3, 0, 0, 3]);
      expect([...days].reverse().map(at)).to.deep.equal([3, 0, 0, 3, 3, 0]);
    });

    it('counts no session that is unsubsidised, unapproved, cancelled, not begun, or begun in another year', () => {
      const [session] = training.sessions;
      const [draft, approved, begun] = session!.states;
      const cancelled = { to: 'cancelled', at: instantOf('2021-06-20'), on: '2021-06-20' } as const;
      const others = [
        aSession({ subsidised: false }),
        aSession({ states: [draft!, begun!] }),
        aSession({ states: [draft!, approved!, begun!, cancelled] }),
        aSession({ states: [draft!, approved!] }),
        aSession({ firstHeld: [] }),
        aSession({}, '2020-12-31'),
        aSession({}, '2022-01-01'),
      ];
      for (const other of others) {
        const facts = someFacts({ ...training, sessions: [other] });
        expect(moved(training, facts)).to.deep.equal({ F13: -3, 'F13 persons': -2 });
      }
    });

    it('counts a session cancelled after the cut-off', () => {
      const cancelled = { to: 'cancelled', at: instantOf('2022-01-20'), on: '2021-06-20' } as const;
      const session = aSession();
      const facts = someFacts({
        ...training,
        sessions: [{ ...session, states: [...session.states, cancelled] }],
      });
      expect(numbers(facts, 2021, new Date(instantOf('2022-01-19')))).to.include({ F13: 3 });
      expect(numbers(facts, 2021, new Date(instantOf('2022-01-20')))).to.include({ F13: 0 });
    });

    it('keeps work training beside it, counted by the recorded start day', () => {
      const facts = someFacts({
        ...training,
        sessions: [aSession({ kind: 'work_training', firstHeld: [] })],
      });
      expect(numbers(facts)).to.include({ F13: 0, 'F13 persons': 0, 'F13 workTraining': 3 });
    });

    it('lets the recorded start day stand for the first lesson of a session from paper', () => {
      const facts = someFacts({
        ...training,
        sessions: [aSession({ recordedFromPaper: true, firstHeld: [] })],
      });
      expect(numbers(facts)).to.include({ F13: 3 });
      expect(numbers(someFacts({ ...training, sessions: [aSession({ firstHeld: [] })] }))).to.include({
        F13: 0,
      });
    });
  });

  describe('F14 and F20', () => {
    const c1 = aCertificate('1');
    const second = aCertificate('2', { issuedOn: '2021-09-01', rank: 5, skillLevel: 'technician' });
    const lower = aCertificate('3', { issuedOn: '2021-02-01', rank: 3, skillLevel: 'intermediate' });
    const earlier = aCertificate('4', { issuedOn: '2019-09-01', countedArea: '110105' });
    const withCertificates = (...certificates: CertificateFact[]) => someFacts({ certificates });
    const revoked = (certificate: CertificateFact) => ({ ...certificate, endedAt: instantOf('2022-03-01') });

    it('counts a person with two certificates once, with the certificates beside it', () => {
      expect(numbers(withCertificates(c1, second, lower))).to.include({
        F14: 1,
        'F14 certificates': 3,
        F20: 1,
        'F20 highSkilledGross': 1,
      });
    });

    it('revoking the only one: F14 -1, F20 -1', () => {
      expect(moved(withCertificates(c1), withCertificates(revoked(c1)))).to.deep.equal({
        F14: -1,
        'F14 certificates': -1,
        F20: -1,
        'F20 highSkilledGross': -1,
      });
    });

    it('revoking one of two: F14 0, F20 0', () => {
      const change = moved(withCertificates(c1, second), withCertificates(revoked(c1), second));
      expect(change).to.deep.equal({ 'F14 certificates': -1 });
    });

    it('revoking an earlier one of rank 4: F14 0, F20 +1', () => {
      const change = moved(withCertificates(c1, earlier), withCertificates(c1, revoked(earlier)));
      expect(change).to.deep.equal({ F20: 1 });
      expect(numbers(withCertificates(c1, earlier))).to.include({
        F14: 1,
        F20: 0,
        'F20 highSkilledGross': 1,
      });
    });

    it('completion and special-skill certificates move neither, this year or before', () => {
      for (const kind of [
        'training_completion',
        'special_skill',
        'startup_completion',
        'special_operation',
      ]) {
        const other = aCertificate('9', { kind, personId: 'li' });
        const before = aCertificate('8', { kind, issuedOn: '2020-01-01' });
        expect(moved(withCertificates(c1), withCertificates(c1, other, before))).to.deep.equal({});
      }
    });

    it('an earlier certificate below rank 4 does not make the person high-skilled before', () => {
      expect(numbers(withCertificates(c1, { ...earlier, rank: 3 }))).to.include({ F20: 1 });
    });

    it('counts for the district by the evaluator site set at issue, and first issues of the year only', () => {
      const elsewhere = withCertificates(
        { ...c1, countedArea: '320506' },
        aCertificate('5', { issuedOn: '2022-01-01' }),
      );
      expect(numbers(elsewhere)).to.include({
        F14: 0,
        'F14 certificates': 0,
        F20: 0,
        'F20 highSkilledGross': 0,
      });
    });

    it('places a talent at the first qualifying certificate of the year, by day, then number', () => {
      const sameDay = { issuedOn: '2021-08-01', personId: 'wang' };
      const a = aCertificate('7', { ...sameDay, areaCode: '320507001' });
      const b = aCertificate('6', { ...sameDay, areaCode: '320507002' });
      const columns = buildYear(withCertificates(a, b, second, c1, lower), 2021);
      const talents = (member: string, dimension: 'area' | 'month') =>
        countMeasure(columns, 'highSkilledTalents', { ...district, where: [{ dimension, member }] }).value;
      expect(['320507001', '320507002'].map((area) => talents(area, 'area'))).to.deep.equal([1, 1]);
      expect(['02', '07', '08', '09'].map((month) => talents(month, 'month'))).to.deep.equal([0, 1, 1, 0]);
    });
  });

  describe('F15 and F16', () => {
    const g1 = aProgramme('g1', '2021-03-01');
    const base = someFacts({ programmes: [g1], apprentices: [anApprentice('a1'), anApprentice('a2')] });

    it('counts enterprises once, first filers beside them, and distinct apprentices', () => {
      const again = aProgramme('g2', '2021-05-01', { enterpriseId: g1.enterpriseId });
      const old = aProgramme('g0', '2019-05-01', { enterpriseId: g1.enterpriseId });
      expect(moved(base, { ...base, programmes: [g1, again] })).to.deep.equal({});
      expect(numbers(base)).to.include({ F15: 1, 'F15 firstFilers': 1, F16: 2 });
      expect(moved(base, { ...base, programmes: [g1, old] })).to.deep.equal({ 'F15 firstFilers': -1 });
    });

    it('loses enterprise and apprentices when the filing is withdrawn, nothing when the programme ends early', () => {
      const after = (to: 'withdrawn' | 'terminated') => ({
        ...base,
        programmes: [
          { ...g1, states: [...g1.states, { to, at: instantOf('2021-10-01'), on: '2021-10-01' }] },
        ],
      });
      expect(moved(base, after('withdrawn'))).to.deep.equal({ F15: -1, 'F15 firstFilers': -1, F16: -2 });
      expect(moved(base, after('terminated'))).to.deep.equal({});
    });

    it('a transfer moves nothing, within the year or into the next', () => {
      for (const [year, day] of [
        [2021, '2021-11-01'],
        [2022, '2022-04-01'],
      ] as const) {
        const g2 = aProgramme('g2', day, { enterpriseId: 'other' });
        const before = { ...base, programmes: [g1, g2] };
        const transferred = anApprentice('a1', {
          programmeId: 'g2',
          enrolledOn: day,
          recordedAt: instantOf(day),
        });
        const after = { ...before, apprentices: [...before.apprentices, transferred] };
        expect(moved(before, after)).to.deep.equal({});
        expect(moved(before, after, 2022)).to.deep.equal(
          year === 2022 ? { 'F16 earlierApprentices': 1 } : {},
        );
      }
    });

    it('counts an apprentice when the programme is filed, even if enrolled before', () => {
      const early = anApprentice('a3', { enrolledOn: '2020-12-20', recordedAt: instantOf('2020-12-20') });
      expect(moved(base, { ...base, apprentices: [...base.apprentices, early] })).to.deep.equal({ F16: 1 });
      expect(numbers({ ...base, apprentices: [early] }, 2020)).to.include({ F16: 0 });
    });
  });

  describe('F17 to F19', () => {
    const first = aRecognition('r1');
    const base = someFacts({ recognitions: [first] });
    const adding = (...more: ReturnType<typeof aRecognition>[]) => ({
      ...base,
      recognitions: [first, ...more],
    });

    it('counts first recognitions of the kind and tier', () => {
      expect(numbers(base)).to.include({ F17: 0, F18: 1, F19: 0 });
      const rural = aRecognition('r2', { subjectId: 'studio2', kind: 'rural_talent', tier: 'provincial' });
      const platform = aRecognition('r3', { subjectId: 'platform1', kind: 'training_platform' });
      expect(moved(base, adding(rural, platform))).to.deep.equal({ F17: 1, F19: 1 });
    });

    it('a renewal adds nothing, this year or the next', () => {
      expect(moved(base, adding(aRecognition('r2', { recognisedOn: '2021-12-01' })))).to.deep.equal({});
      expect(moved(base, adding(aRecognition('r2', { recognisedOn: '2022-09-01' })), 2022)).to.deep.equal({});
    });

    it('an upgrade counts at the new tier and leaves the old', () => {
      const rural = aRecognition('r2', { subjectId: 'studio2', kind: 'rural_talent' });
      const upgraded = aRecognition('r3', {
        ...rural,
        id: 'r3',
        tier: 'provincial',
        recognisedOn: '2021-11-01',
      });
      expect(moved(adding(rural), adding(rural, upgraded))).to.deep.equal({ F17: 1 });
      expect(moved(base, adding(aRecognition('r4', { tier: 'provincial' })))).to.deep.equal({});
    });

    it('an annulled recognition does not count from its annulment on', () => {
      const annulled = { ...base, recognitions: [{ ...first, annulledAt: instantOf('2022-02-01') }] };
      expect(moved(base, annulled)).to.deep.equal({ F18: -1 });
      expect(numbers(annulled, 2021, new Date(instantOf('2022-01-31')))).to.include({ F18: 1 });
    });
  });

  it('has no value where the scope or a filter does not apply to the records, and none for a stranger', () => {
    const columns = buildYear(training, 2021);
    const value = (code: string, scope: Parameters<typeof countFigure>[2]['scope']) =>
      countFigure(columns, code, { cutOff: endOf2022, scope }).value;
    expect(value('F15', { kind: 'centre', centreId: 'centre1' })).to.equal(null);
    expect(value('F13', { kind: 'centre', centreId: 'centre1' })).to.equal(3);
    expect(value('F13', { kind: 'centre', centreId: 'centre2' })).to.equal(0);
    expect(value('F13', { kind: 'evaluator', evaluatorId: 'evaluator1' })).to.equal(null);
    expect(value('F13', { kind: 'area', areaCode: '' })).to.equal(0);
    expect(value('F13', { kind: 'enterprise', enterpriseId: 'x' })).to.equal(null);
    expect(value('F13', { kind: 'public' })).to.equal(null);
  });
});
