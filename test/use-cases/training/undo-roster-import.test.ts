import { expect } from 'chai';
import type { Candidate } from '../../../src/domain/certifications/assessment.ts';
import { checkRoster } from '../../../src/use-cases/training/check-roster.ts';
import { commitRoster } from '../../../src/use-cases/training/commit-roster.ts';
import { undoRosterImport } from '../../../src/use-cases/training/undo-roster-import.ts';
import { withdrawEnrolment } from '../../../src/use-cases/training/withdraw-enrolment.ts';
import { aRow, aSession, rows } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { code: string }) => error.code,
  );

const reason = '名单传错班级';

describe('use-cases/training/undo-roster-import', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  beforeEach(() => world.at('2021-05-01'));
  after(() => world.close());

  async function committed(typed = rows(2)) {
    const made = await aSession(world.deps);
    const { rosterImport } = await checkRoster(world.deps, {
      actor: made.staff,
      sessionId: made.session.id,
      rows: typed,
    });
    const { enrolments } = await commitRoster(world.deps, { actor: made.staff, importId: rosterImport.id });
    return { ...made, importId: rosterImport.id, enrolments };
  }

  it('takes enrolments back for good, shrinks the session, and lets the same roster come again', async () => {
    const { deps } = world;
    const typed = rows(3);
    const { staff, session, importId, enrolments } = await committed(typed);
    const undone = await undoRosterImport(deps, { actor: staff, importId, reason });
    expect(undone.status).to.equal('undone');
    expect((await deps.trainingSessions.get(staff.scope, session.id)).enrolled).to.equal(0);
    const kept = await deps.enrolments.get(staff.scope, enrolments[0]!.id);
    expect(kept.status).to.equal('undone');
    expect(kept.statusChanges.map((change) => change.to)).to.deep.equal(['enrolled', 'undone']);
    expect(await codeOf(undoRosterImport(deps, { actor: staff, importId, reason }))).to.equal(
      'rosters.cannotUndo.notCommitted',
    );
    const again = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: typed });
    expect(again.rows.map((row) => row.state)).to.deep.equal(['matched', 'matched', 'matched']);
    const second = await commitRoster(deps, { actor: staff, importId: again.rosterImport.id });
    expect(second.enrolments.map((one) => one.personId)).to.deep.equal(enrolments.map((one) => one.personId));
  });

  it('takes persons out of the centre’s sight who came only by the import', async () => {
    const { deps } = world;
    const known = aRow(2);
    const first = await committed([known]);
    const other = await aSession(
      deps,
      { startsOn: '2021-07-01', endsOn: '2021-07-09' },
      {
        actor: first.staff,
        centreId: first.centreId,
      },
    );
    const { rosterImport } = await checkRoster(deps, {
      actor: first.staff,
      sessionId: other.session.id,
      rows: [known, aRow(3)],
    });
    const { enrolments } = await commitRoster(deps, { actor: first.staff, importId: rosterImport.id });
    await undoRosterImport(deps, { actor: first.staff, importId: rosterImport.id, reason });
    const seen = await deps.people.byIds(
      first.staff.scope,
      enrolments.map((one) => one.personId),
    );
    expect([...seen.keys()]).to.deep.equal([first.enrolments[0]!.personId]);
  });

  it('names what depends on it: assessment, certificate, withdrawal, time', async () => {
    const { deps } = world;
    const { staff, importId, enrolments, session } = await committed();
    const candidate = (certificateId: string | null): Candidate => ({
      id: deps.newId(),
      version: 0,
      assessmentId: deps.newId(),
      centreId: null,
      evaluatorId: 'an evaluator',
      personId: enrolments[0]!.personId,
      enrolmentId: enrolments[0]!.id,
      sessionId: session.id,
      name: '王五',
      nameSortKey: 'wang wu',
      gender: null,
      birthDay: null,
      education: null,
      keyGroups: [],
      employer: null,
      addedBy: null,
      attempts: [],
      certificateId,
      batchId: null,
    });
    await deps.transaction(() => deps.candidates.add(candidate(null)));
    expect(await codeOf(undoRosterImport(deps, { actor: staff, importId, reason }))).to.equal(
      'rosters.cannotUndo.assessed',
    );
    await deps.transaction(() => deps.candidates.add(candidate('a certificate')));
    expect(await codeOf(undoRosterImport(deps, { actor: staff, importId, reason }))).to.equal(
      'rosters.cannotUndo.certified',
    );
    const other = await committed();
    await withdrawEnrolment(deps, {
      actor: other.staff,
      enrolmentId: other.enrolments[0]!.id,
      on: '2021-05-01',
      reason: 'found_work',
      note: null,
    });
    expect(
      await codeOf(undoRosterImport(deps, { actor: other.staff, importId: other.importId, reason })),
    ).to.equal('rosters.cannotUndo.moved');
    const late = await committed();
    world.at('2021-05-09T00:00:01+08:00');
    expect(
      await codeOf(undoRosterImport(deps, { actor: late.staff, importId: late.importId, reason })),
    ).to.equal('rosters.cannotUndo.tooLate');
    world.at('2021-05-08T23:59:00+08:00');
    expect(
      await codeOf(undoRosterImport(deps, { actor: late.staff, importId: late.importId, reason })),
    ).to.equal(null);
  });
});
