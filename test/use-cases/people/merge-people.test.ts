import { expect } from 'chai';
import type { Actor } from '../../../src/domain/accounts/actor.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { searchPeople } from '../../../src/use-cases/people/search-people.ts';
import { undoPersonMerge } from '../../../src/use-cases/people/undo-person-merge.ts';
import { enrolApprentices } from '../../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import { draftProgramme } from '../../../src/use-cases/apprenticeships/draft-programme.ts';
import { planLessons } from '../../../src/use-cases/training/plan-lessons.ts';
import { withdrawEnrolment } from '../../../src/use-cases/training/withdraw-enrolment.ts';
import type { Enrolment } from '../../../src/domain/training/enrolment.ts';
import { dayOf } from '../../../src/domain/shared/calendar-day.ts';
import { mergePeople } from '../../../src/use-cases/people/merge-people.ts';
import { markAttendance } from '../../../src/use-cases/training/mark-attendance.ts';
import { aProgramme, anApprentice } from '../../support/apprenticeships.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anEvaluator, aScoredAssessment, certificatesFor } from '../../support/certificates.ts';
import { keepAll, merge, openPairs, register, twins, type Twins } from '../../support/duplicates.ts';
import { aSession } from '../../support/rosters.ts';
import {
  aLesson,
  aRunningSession,
  enrol,
  everybody,
  refusalOf,
  type RunningSession,
} from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { watchFigures } from '../headcounts/watch-figures.ts';

describe('use-cases/people/merge-people', function () {
  this.timeout(60_000);
  let world: World;
  let officer: Actor;
  before(async () => {
    world = await openWorld('2021-05-01');
    officer = await anActor(world.deps, 'bureauOfficer');
  });
  after(() => world.close());
  afterEach(() => world.at('2021-05-01'));

  /** The cells that enrol one of the two again. */
  const cellsOf = ({ facts }: Twins, index: 0 | 1) => ({
    name: facts[index].name,
    documentType: index === 0 ? '居民身份证' : '护照',
    documentNumber: facts[index].documentNumber,
    birthDay: facts[index].birthDay!,
    gender: '男',
    mobile: facts[index].mobile!,
  });

  async function enrolled(pair: Twins, index: 0 | 1, at?: Awaited<ReturnType<typeof aSession>>) {
    const made = at ?? (await aSession(world.deps));
    const enrolment = await enrol(world.deps, made.staff, made.session.id, cellsOf(pair, index), '日期不同');
    expect(enrolment.personId).to.equal(pair.ids[index]);
    return { ...made, enrolment };
  }

  const refused = async (pair: Twins) => (await refusalOf(merge(world.deps, officer, pair))).code;

  it('moves all that names the other record, and says how much', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    const { enrolment } = await enrolled(pair, 1);
    const evaluator = await anEvaluator(deps);
    await register(deps, pair.facts[1], { evaluatorId: evaluator.organisation.id });
    const [certificate] = await certificatesFor(deps, evaluator, [pair.ids[1]]);
    const done = await merge(deps, officer, pair);
    expect(
      Object.fromEntries(done.moved.map(({ collection, ids }) => [collection, ids.length])),
    ).to.deep.equal({
      Enrolment: 1,
      Candidate: 1,
      Certificate: 1,
    });
    const [kept] = pair.ids;
    expect((await deps.enrolments.get(district, enrolment.id)).personId).to.equal(kept);
    expect((await deps.certificates.get(district, certificate!.id)).personId).to.equal(kept);
    const person = await deps.people.get(district, kept);
    expect(person.evaluatorIds).to.deep.equal([evaluator.organisation.id]);
    expect(person.centreIds).to.include(enrolment.centreId);
    const events = await Promise.all(pair.ids.map((id) => deps.events.about('person', id)));
    for (const list of events)
      expect(list.at(-1)).to.include({ what: 'person.merged', reason: '同一人登记两次' });
    expect((await openPairs(deps)).map((one) => one.id)).not.to.include(pair.duplicateId);
  });

  it('leaves the merged record in no list or search; its documents and learner number lead to the kept one', async () => {
    const { deps } = world;
    const pair = await twins(deps, [{ name: '上官飞' }, { name: '上官飞' }]);
    const { staff } = await enrolled(pair, 1);
    const total = await deps.people.countByName(district, '');
    const learnerNumber = (await deps.people.get(district, pair.ids[1])).learnerNumber;
    await merge(deps, officer, pair, { choices: { document: 'merged' } });
    expect(await deps.people.countByName(district, '')).to.equal(total - 1);
    for (const typed of ['上官', 'shang guan', ''])
      expect((await deps.people.byName(district, typed, { skip: 0, limit: 500 })).map((one) => one.id))
        .to.include(pair.ids[0])
        .and.not.include(pair.ids[1]);
    expect(await deps.people.byName(district, learnerNumber, { skip: 0, limit: 9 })).to.deep.equal([]);
    expect((await refusalOf(deps.people.get(district, pair.ids[1]))).name).to.equal('NotFound');
    for (const actor of [officer, staff])
      for (const text of [learnerNumber, pair.facts[0].documentNumber, pair.facts[1].documentNumber])
        expect(await searchPeople(deps, { actor, text }), text).to.deep.equal({ personId: pair.ids[0] });
    const stranger = await anActor(deps, 'centreStaff', { organisationId: (await anOrganisation(deps)).id });
    expect(await searchPeople(deps, { actor: stranger, text: learnerNumber })).to.have.property('searchId');
    for (const facts of pair.facts) expect(await register(deps, facts)).to.equal(pair.ids[0]);
    const { personIdentity } = deps.unscoped;
    for (const { documentType, documentNumber, nameKey } of pair.facts)
      expect(await personIdentity.byDocumentAndName(documentType, documentNumber, nameKey)).to.equal(
        pair.ids[0],
      );
  });

  it('takes the value chosen of each field; certificates keep the name they were issued under', async () => {
    const { deps } = world;
    const pair = await twins(deps, [
      { name: '章珊', education: 'bachelor', keyGroups: ['veteran'] },
      { name: '张珊', education: 'secondary', householdRegistration: 'rural', keyGroups: ['migrant_worker'] },
    ]);
    const evaluator = await anEvaluator(deps);
    await register(deps, pair.facts[0], { evaluatorId: evaluator.organisation.id });
    const [certificate] = await certificatesFor(deps, evaluator, [pair.ids[0]]);
    const { enrolment } = await enrolled(pair, 0);
    // No rule found two names; the officer did.
    await deps.transaction(() =>
      deps.duplicates.note([{ personIds: pair.ids, grounds: ['officer'] }], deps.now()),
    );
    await merge(deps, officer, pair, {
      choices: { name: 'merged', document: 'merged', householdRegistration: 'merged', keyGroups: 'both' },
    });
    const person = await deps.people.get(district, pair.ids[0]);
    expect(person).to.include({
      name: '张珊',
      nameKey: '张珊',
      documentType: 'passport',
      birthDay: pair.facts[0].birthDay,
      education: 'bachelor',
      householdRegistration: 'rural',
    });
    expect(deps.people.openNumber(person, 'documentNumber')).to.equal(pair.facts[1].documentNumber);
    expect(person.keyGroups.map(({ group }) => group)).to.deep.equal(['veteran', 'migrant_worker']);
    expect((await deps.enrolments.get(district, enrolment.id)).name).to.equal('张珊');
    expect((await deps.certificates.get(district, certificate!.id)).holderName).to.equal('章珊');
  });

  it('counts two persons as one, and as two again when it is taken back', async () => {
    const { deps } = world;
    const { changesBy } = watchFigures(world);
    const pair = await twins(deps);
    const hold = (at: RunningSession, enrolments: readonly Enrolment[]) =>
      markAttendance(deps, { actor: at.staff, lessonId: at.lessons[0]!.id, marks: everybody(enrolments) });
    const running = await aRunningSession(world, { people: 1 });
    const first = await enrol(deps, running.staff, running.session.id, cellsOf(pair, 0), '日期不同');
    await hold(running, [first]);
    const later = await aRunningSession(world, {
      people: 1,
      lessons: [aLesson('2021-05-20', { startsAt: '18:00', endsAt: '21:00' })],
      facts: { startsOn: '2021-05-20', endsOn: '2021-06-20' },
    });
    const second = await enrol(deps, later.staff, later.session.id, cellsOf(pair, 1), '日期不同');
    await hold(later, [second]);
    const evaluator = await anEvaluator(deps);
    for (const facts of pair.facts) await register(deps, facts, { evaluatorId: evaluator.organisation.id });
    for (const [index, day] of ['2021-05-20', '2021-06-01'].entries()) {
      world.at(day);
      await certificatesFor(deps, evaluator, [pair.ids[index]!], { skillLevel: 'senior' });
    }
    let mergeId = '';
    const merged = await changesBy(async () => {
      mergeId = (await merge(deps, officer, pair)).id;
    });
    expect(merged).to.deep.equal({ 'F13.persons': -1, F14: -1, F20: -1, 'F20.highSkilledGross': -1 });
    const hours = (await deps.enrolments.get(district, second.id)).hours;
    expect(hours.practice + hours.theory).to.be.greaterThan(0);
    const undone = await changesBy(() =>
      undoPersonMerge(deps, { actor: officer, mergeId, reason: '核实为两个人' }),
    );
    expect(undone).to.deep.equal({ 'F13.persons': 1, F14: 1, F20: 1, 'F20.highSkilledGross': 1 });
  });

  describe('refuses', () => {
    it('a short reason, a person of neither, a page opened before a change', async () => {
      const { deps } = world;
      const pair = await twins(deps);
      const outsider = await register(deps);
      const names = async (given: Parameters<typeof merge>[3]) =>
        (await refusalOf(merge(deps, officer, pair, given))).name;
      expect(await names({ reason: '重复' })).to.equal('InvalidInput');
      expect(await names({ keptId: outsider })).to.equal('InvalidInput');
      await register(deps, pair.facts[1]);
      const stale = mergePeople(deps, {
        actor: officer,
        duplicateId: pair.duplicateId,
        keptId: pair.ids[0],
        choices: keepAll,
        reason: '同一人登记两次',
        versions: { [pair.ids[0]]: 0, [pair.ids[1]]: 0 },
      });
      expect((await refusalOf(stale)).name).to.equal('Conflict');
    });

    it('both in one session, also when one of them left it', async () => {
      const pair = await twins(world.deps);
      const at = await enrolled(pair, 0);
      const { enrolment } = await enrolled(pair, 1, at);
      await withdrawEnrolment(world.deps, {
        actor: at.staff,
        enrolmentId: enrolment.id,
        on: dayOf(world.now()),
        reason: 'found_work',
        note: null,
      });
      const error = await refusalOf(merge(world.deps, officer, pair));
      expect(error).to.deep.include({
        code: 'people.merge.bothEnrolled',
        details: { session: at.session.name },
      });
    });

    it('lessons at one time', async () => {
      const { deps } = world;
      world.at('2021-05-01');
      const pair = await twins(deps);
      const [a, b] = [await enrolled(pair, 0), await enrolled(pair, 1)];
      const plan = (at: typeof a, startsAt: string, endsAt: string) =>
        planLessons(deps, {
          actor: at.staff,
          sessionId: at.session.id,
          lessons: [aLesson('2021-05-10', { startsAt, endsAt })],
        });
      await plan(a, '09:00', '12:00');
      await plan(b, '11:00', '13:00');
      expect(await refused(pair)).to.equal('people.merge.lessonsOverlap');
    });

    it('one certificate of the same day twice, and one assessment', async () => {
      const { deps } = world;
      const evaluator = await anEvaluator(deps);
      const known = async () => {
        const pair = await twins(deps);
        for (const facts of pair.facts)
          await register(deps, facts, { evaluatorId: evaluator.organisation.id });
        return pair;
      };
      const certified = await known();
      for (const id of certified.ids) await certificatesFor(deps, evaluator, [id]);
      expect(await refused(certified)).to.equal('people.merge.sameCertificate');
      const assessed = await known();
      await aScoredAssessment(deps, evaluator, assessed.ids);
      expect(await refused(assessed)).to.equal('people.merge.bothAssessed');
      const apart = await known();
      await certificatesFor(deps, evaluator, [apart.ids[0]]);
      await certificatesFor(deps, evaluator, [apart.ids[1]], { skillLevel: 'senior' });
      expect((await merge(deps, officer, apart)).status).to.equal('merged');
    });

    it('two active apprentices', async () => {
      const { deps } = world;
      const pair = await twins(deps);
      for (const facts of pair.facts) {
        const enterprise = await anOrganisation(deps, { capacities: ['enterprise'] });
        const actor = await anActor(deps, 'enterpriseStaff', { organisationId: enterprise.id });
        const programme = await draftProgramme(deps, {
          actor,
          enterpriseId: enterprise.id,
          facts: aProgramme(),
        });
        await enrolApprentices(deps, {
          actor,
          programmeId: programme.id,
          enrolledOn: '2021-05-01',
          rows: [{ ...anApprentice('周明'), facts }],
        });
      }
      expect(await refused(pair)).to.equal('people.merge.bothApprentices');
    });
  });
});
