// Each clause of the definitions of F13 to F20 as a case: what happens, and by how much every figure moves.
import { expect } from 'chai';
import { moved, numbers } from './moved-figures.ts';
import { buildYear, countFigure, countFigures, countMeasure } from '../../../src/domain/headcounts/index.ts';
import { anEnrolment, aSession, endOf2022, instantOf, someFacts } from './build-facts.ts';

const district = { cutOff: endOf2022, scope: { kind: 'district' } } as const;

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
