import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { createHeadcounts } from '../../../src/persistence/reads/headcounts.ts';
import { keepEvidence } from '../../../src/use-cases/evidence/keep-evidence.ts';
import { applyRetention, type RetentionLine } from '../../../src/use-cases/retention/apply-retention.ts';
import { liftLegalHold, setLegalHold } from '../../../src/use-cases/retention/hold-records.ts';
import { checkRoster } from '../../../src/use-cases/training/check-roster.ts';
import { commitRoster } from '../../../src/use-cases/training/commit-roster.ts';
import { completeTrainingSession } from '../../../src/use-cases/training/complete-training-session.ts';
import { markAttendance } from '../../../src/use-cases/training/mark-attendance.ts';
import {
  assessTrainingSession,
  closeTrainingSession,
} from '../../../src/use-cases/training/run-training-session.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { digestsOf } from '../../support/digests.ts';
import { aRow } from '../../support/rosters.ts';
import { aRunningSession, enrol, everybody, refusalOf, type RunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { watchFigures } from '../headcounts/watch-figures.ts';

const proof = Buffer.from('%PDF-1.7 proof');
const who = { accountId: 'system', name: 'system' };

describe('use-cases/retention/apply-retention', function () {
  this.timeout(120_000);
  let world: World;
  let running: RunningSession;
  let personId: string;
  let certifiedId: string;
  before(async () => {
    world = await openWorld('2021-03-01');
    const { deps } = world;
    running = await aRunningSession(world, { people: 2 });
    const { staff, session } = running;
    const person = await enrol(deps, staff, session.id, {
      mobile: '13800000007',
      householdRegistration: '外省农村',
    });
    personId = person.personId;
    const { rosterImport } = await checkRoster(deps, {
      actor: staff,
      sessionId: session.id,
      rows: [aRow(2), aRow(3)],
    });
    await commitRoster(deps, {
      actor: staff,
      importId: rosterImport.id,
    });
    await markAttendance(deps, {
      actor: staff,
      lessonId: running.lessons[0]!.id,
      marks: everybody(await deps.enrolments.ofSession(district, session.id)),
    });
    const evaluator = await anEvaluator(deps);
    [certifiedId] = (await peopleOf(deps, evaluator, ['周八'])) as [string];
    await certificatesFor(deps, evaluator, [certifiedId]);
    for (const id of [personId, certifiedId])
      await deps.transaction(() => keepEvidence(deps, { bytes: proof }, [{ kind: 'person', id }]));
    await finish(running);
    await deps.transaction(() => deps.peopleSearches.keep(staff.accountId, '王', world.now()));
  });
  after(() => world.close());

  async function finish({ session, staff, officer, lessons }: RunningSession): Promise<void> {
    const { deps } = world;
    for (const lesson of lessons.slice(1)) {
      world.at(lesson.day);
      await markAttendance(deps, {
        actor: staff,
        lessonId: lesson.id,
        marks: everybody(await deps.enrolments.ofSession(district, session.id)),
      });
    }
    world.at('2021-06-11');
    await completeTrainingSession(deps, { actor: staff, sessionId: session.id });
    await assessTrainingSession(deps, { actor: staff, sessionId: session.id });
    await closeTrainingSession(deps, { actor: staff, sessionId: session.id });
    void officer;
  }
  const counts = (lines: readonly RetentionLine[]) =>
    Object.fromEntries(lines.filter(({ count }) => count > 0).map(({ code, count }) => [code, count]));
  const apply = (options: Partial<Parameters<typeof applyRetention>[1]> = {}) =>
    applyRetention(world.deps, { who, ...options });
  /** All that the figures of 2021 are counted from, read by somebody who has it not in memory. */
  const countedAnew = async () => {
    const headcounts = createHeadcounts(world.deps.people.model.db, () => world.deps.reference, world.now);
    const { partition } = await headcounts.year(2021);
    return JSON.stringify(partition, (_, value: unknown) =>
      value instanceof Map || value instanceof Set ? [...value] : value,
    );
  };
  const collections = () => digestsOf(world.deps.people.model.db, []);

  it('finds nothing before a period is over, and writes nothing in a dry run', async () => {
    world.at('2021-06-12');
    expect(counts(await apply())).to.deep.equal({});
    world.at('2023-06-13');
    const before = await collections();
    expect(counts(await apply({ dryRun: true }))).to.deep.include({ searches: 1, rosterRows: 1 });
    expect(await collections()).to.deep.equal(before);
  });

  it('takes uploaded rows after two years, with a certificate of destruction and an event', async () => {
    world.at('2023-06-13');
    const { deps } = world;
    const [rosterImport] = await deps.rosterImports.ofSession(district, running.session.id);
    expect(await deps.rosterImports.rowsOf(district, rosterImport!.id)).to.have.length(2);
    expect(counts(await apply())).to.deep.equal({ searches: 1, rosterRows: 1 });
    expect(await deps.rosterImports.rowsOf(district, rosterImport!.id)).to.deep.equal([]);
    expect(await deps.enrolments.ofImport(district, rosterImport!.id), 'the roster stays').to.have.length(2);
    const noted = (await deps.destructions.list({ skip: 0, limit: 10 })).find(
      ({ code }) => code === 'rosterRows',
    )!;
    expect(noted).to.include({ before: '2021-06-13', count: 1, atTheEnd: 'delete' });
    expect(noted.ids).to.deep.equal([rosterImport!.id]);
    const [event] = await deps.events.about('destruction', noted.id);
    expect(event).to.include({ what: 'retention.applied' });
    expect(event!.after).to.deep.equal({
      kind: 'rosterRows',
      atTheEnd: 'delete',
      before: '2021-06-13',
      count: 1,
    });
    expect(counts(await apply()), 'done is done').to.deep.equal({});
  });

  it('keeps what a legal hold reaches, and lets it go once that is lifted', async () => {
    const { deps } = world;
    const officer = await anActor(deps, 'bureauOfficer');
    world.at('2024-06-20');
    expect(
      (await refusalOf(setLegalHold(deps, { actor: officer, kind: 'person', id: personId, reason: '信访' })))
        .name,
    ).to.equal('InvalidInput');
    const hold = await setLegalHold(deps, {
      actor: officer,
      kind: 'person',
      id: personId,
      reason: '信访件未办结',
    });
    const again = setLegalHold(deps, {
      actor: officer,
      kind: 'person',
      id: personId,
      reason: '信访件未办结',
    });
    expect((await refusalOf(again)).code).to.equal('retention.heldAlready');
    const lines = await apply({ only: ['contactData'] });
    expect(lines[0]!.held, 'the one held person').to.equal(1);
    expect((await deps.people.get(district, personId)).mobileSealed).to.not.equal(null);
    await liftLegalHold(deps, { actor: officer, holdId: hold.id, reason: '信访件已办结' });
    expect(
      (await refusalOf(liftLegalHold(deps, { actor: officer, holdId: hold.id, reason: '信访件已办结' })))
        .code,
    ).to.equal('retention.holdLifted');
    const events = (await deps.events.about('person', personId)).map(({ what }) => what);
    expect(events).to.include.members(['legalHold.set', 'legalHold.lifted']);
    expect((await apply({ only: ['contactData'] }))[0]).to.include({ count: 1, held: 0 });
    const person = await deps.people.get(district, personId);
    expect(person).to.include({
      mobileSealed: null,
      mobileHash: null,
      education: null,
      householdRegistration: null,
    });
    expect((await deps.enrolments.ofPerson(district, personId))[0]!.householdRegistration).to.equal(null);
  });

  it('changes no figure of a past year, whatever goes', async () => {
    const { deps } = world;
    expect(Object.values(await watchFigures(world).numbersOf(2021)).some((value) => value > 0)).to.equal(
      true,
    );
    const before = await countedAnew();
    expect(before).to.include('junior_college').and.include('1990-');
    world.at('2032-01-01');
    const lines = await apply();
    expect(await countedAnew()).to.equal(before);
    expect(counts(lines)).to.include.keys('documentNumbers', 'attendance', 'scores');
    expect(await deps.attendances.ofSession(district, running.session.id)).to.deep.equal([]);
    const [enrolment] = await deps.enrolments.ofPerson(district, personId);
    expect(enrolment!.hours.theory + enrolment!.hours.practice).to.be.above(0);
  });

  it('keeps the number of whoever holds a certificate, and the certificate whole; other numbers are gone', async () => {
    const { deps } = world;
    const gone = await deps.people.get(district, personId);
    expect(deps.people.openNumber(gone, 'documentNumber')).to.equal(null);
    expect(await deps.keptFiles.evidenceAbout('person', [personId]), 'what shows the number').to.deep.equal(
      [],
    );
    const [kept] = await deps.keptFiles.evidenceAbout('person', [certifiedId]);
    expect((await deps.keptFiles.read(kept!.id)).bytes.equals(proof)).to.equal(true);
    expect(deps.people.masked(gone).number).to.equal('—');
    const certified = await deps.people.get(district, certifiedId);
    expect(deps.people.openNumber(certified, 'documentNumber')).to.match(/^320599/);
    const [certificate] = await deps.certificates.find(district, { personId: certifiedId });
    expect(certificate).to.include({ holderName: '周八', theory: 80, practice: 75, status: 'valid' });
    const sitting = await deps.candidates.find(district, { personId: certifiedId });
    expect(sitting.map(({ attempts }) => attempts)).to.deep.equal([[]]);
  });

  it('goes on after an interruption where it stopped', async () => {
    const { deps } = world;
    const staff = running.staff;
    for (let count = 0; count < 450; count += 1)
      await deps.transaction(() => deps.peopleSearches.keep(staff.accountId, '李', world.now()));
    world.at('2032-01-03');
    const first = await apply({ only: ['searches'], goOn: () => false });
    expect(counts(first)).to.deep.equal({ searches: 200 });
    expect(counts(await apply({ only: ['searches'] }))).to.deep.equal({ searches: 250 });
  });
});
