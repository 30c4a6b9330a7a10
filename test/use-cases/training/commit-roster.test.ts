import { expect } from 'chai';
import { checkRoster } from '../../../src/use-cases/training/check-roster.ts';
import { commitRoster } from '../../../src/use-cases/training/commit-roster.ts';
import { anIdNumber, aRow, aSession, rows } from '../../support/rosters.ts';
import { enrol } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Error & { code?: string; details?: object }) => error,
  );

describe('use-cases/training/commit-roster', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  beforeEach(() => world.at('2021-05-01'));
  after(() => world.close());

  it('enrols 45 new people in one go, with learner numbers, sealed documents and the session’s size', async () => {
    const { deps } = world;
    const { session, staff } = await aSession(deps);
    const typed = rows(45);
    const { rosterImport, rows: checked } = await checkRoster(deps, {
      actor: staff,
      sessionId: session.id,
      rows: typed,
    });
    expect(checked.map((row) => row.problems)).to.deep.equal(typed.map(() => []));
    expect(rosterImport.counts).to.deep.equal({ new: 45, matched: 0, conflict: 0, error: 0, warned: 0 });
    expect(await deps.enrolments.count(staff.scope, { sessionId: session.id })).to.equal(0);
    const { enrolments } = await commitRoster(deps, { actor: staff, importId: rosterImport.id });
    expect(enrolments).to.have.length(45);
    expect((await deps.trainingSessions.get(staff.scope, session.id)).enrolled).to.equal(45);
    const people = await deps.people.byIds(
      staff.scope,
      enrolments.map((one) => one.personId),
    );
    expect(new Set([...people.values()].map((one) => one.learnerNumber)).size).to.equal(45);
    expect(JSON.stringify([...people.values()])).not.to.contain(typed[0]!.cells.documentNumber);
    const numbers = await deps.people.openDocumentNumbers(staff.scope, [enrolments[0]!.personId]);
    expect(numbers.get(enrolments[0]!.personId)!.number).to.equal(typed[0]!.cells.documentNumber);
  });

  it('matches a person of another centre, tells the name conflict, and never shows what is stored', async () => {
    const { deps } = world;
    const first = await aSession(deps);
    const known = aRow(2, { name: '张三', mobile: '19900000001' });
    const one = await checkRoster(deps, { actor: first.staff, sessionId: first.session.id, rows: [known] });
    const done = await commitRoster(deps, { actor: first.staff, importId: one.rosterImport.id });
    const second = await aSession(deps, { startsOn: '2021-07-01', endsOn: '2021-07-20' });
    const { rosterImport, rows: checked } = await checkRoster(deps, {
      actor: second.staff,
      sessionId: second.session.id,
      rows: [known, aRow(3), aRow(4, { documentNumber: anIdNumber(), name: '李四' })].map((row, index) =>
        index === 0 ? { ...row, cells: { ...row.cells, education: '本科', mobile: '' } } : row,
      ),
    });
    expect(checked.map((row) => row.state)).to.deep.equal(['matched', 'new', 'new']);
    expect(JSON.stringify(checked)).not.to.contain('19900000001');
    expect(await refusal(deps.people.get(second.staff.scope, done.enrolments[0]!.personId))).to.have.property(
      'name',
      'NotFound',
    );
    const { enrolments } = await commitRoster(deps, { actor: second.staff, importId: rosterImport.id });
    expect(enrolments[0]!.personId).to.equal(done.enrolments[0]!.personId);
    expect(enrolments[0]!.education).to.equal('bachelor');
    const person = await deps.people.get(second.staff.scope, enrolments[0]!.personId);
    expect(person.education).to.equal('junior_college');
    expect(person.centreIds).to.have.members([first.centreId, second.centreId]);
    const third = await checkRoster(deps, {
      actor: second.staff,
      sessionId: second.session.id,
      rows: [aRow(2, { ...known.cells, name: '张珊' })],
    });
    expect(third.rows[0]).to.deep.include({ state: 'conflict', personId: null });
    expect(third.rows[0]!.problems).to.deep.equal([
      { code: 'rosters.conflictName', column: 'name', details: { name: '张珊' } },
    ]);
  });

  it('refuses the same person twice, in one file and in the session (C02)', async () => {
    const { deps } = world;
    const { session, staff } = await aSession(deps);
    const row = aRow(9);
    const twice = await checkRoster(deps, {
      actor: staff,
      sessionId: session.id,
      rows: [row, { ...row, number: 31 }],
    });
    expect(twice.rows.map((one) => one.state)).to.deep.equal(['error', 'error']);
    expect(twice.rows[1]!.problems[0]!.details).to.deep.equal({ row: 31, other: 9 });
    const once = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: [row] });
    await commitRoster(deps, { actor: staff, importId: once.rosterImport.id });
    const again = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: [row] });
    expect(again.rows[0]!.problems.map((one) => one.code)).to.deep.equal(['rosters.alreadyEnrolled']);
  });

  it('takes the good rows only when told to, and none when there is none', async () => {
    const { deps } = world;
    const { session, staff } = await aSession(deps);
    const bad = aRow(3, { documentNumber: '320507190001010014' });
    const { rosterImport } = await checkRoster(deps, {
      actor: staff,
      sessionId: session.id,
      rows: [aRow(2), bad],
    });
    const stopped = await refusal(commitRoster(deps, { actor: staff, importId: rosterImport.id }));
    expect(stopped).to.include({ name: 'RuleBroken', code: 'rosters.badRows' });
    expect(await deps.enrolments.count(staff.scope, { sessionId: session.id })).to.equal(0);
    const { enrolments, rosterImport: after } = await commitRoster(deps, {
      actor: staff,
      importId: rosterImport.id,
      withoutBadRows: true,
    });
    expect(enrolments).to.have.length(1);
    expect(after).to.include({ committedCount: 1, leftOutCount: 1, status: 'committed' });
    const onlyBad = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: [bad] });
    const nothing = await refusal(
      commitRoster(deps, { actor: staff, importId: onlyBad.rosterImport.id, withoutBadRows: true }),
    );
    expect(nothing).to.have.property('code', 'rosters.nothingToImport');
  });

  it('asks a reason for retirement age and overlapping dates, and keeps it (C03, C08)', async () => {
    const { deps } = world;
    const first = await aSession(deps);
    const old = aRow(2, { documentNumber: anIdNumber('1950-03-04') });
    const one = await checkRoster(deps, { actor: first.staff, sessionId: first.session.id, rows: [old] });
    expect(one.rows[0]!.warnings).to.deep.equal([
      { code: 'rosters.retired', column: 'documentNumber', details: { age: 71, limit: 60 } },
    ]);
    const asked = await refusal(commitRoster(deps, { actor: first.staff, importId: one.rosterImport.id }));
    expect(asked).to.have.deep.property('problems', [
      { field: 'reason:rosters.retired', code: 'rosters.reasonNeeded' },
    ]);
    const reasons = { 'rosters.retired': '返聘人员', 'rosters.overlappingDates': '周末班' };
    await commitRoster(deps, { actor: first.staff, importId: one.rosterImport.id, reasons });
    const second = await aSession(deps, { startsOn: '2021-06-10', endsOn: '2021-06-30' });
    const two = await checkRoster(deps, { actor: second.staff, sessionId: second.session.id, rows: [old] });
    expect(two.rows[0]!.warnings.map((warning) => warning.code)).to.deep.equal([
      'rosters.retired',
      'rosters.overlappingDates',
    ]);
    const { enrolments } = await commitRoster(deps, {
      actor: second.staff,
      importId: two.rosterImport.id,
      reasons,
    });
    expect(enrolments[0]!.acceptedWarnings).to.deep.equal([
      { code: 'rosters.retired', reason: '返聘人员' },
      { code: 'rosters.overlappingDates', reason: '周末班' },
    ]);
  });

  it('refuses more than the capacity with figures, a closed session and a day too late', async () => {
    const { deps } = world;
    const { session, staff } = await aSession(deps, { capacity: 2 });
    const three = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: rows(3) });
    const full = await refusal(commitRoster(deps, { actor: staff, importId: three.rosterImport.id }));
    expect(full).to.deep.include({
      code: 'rosters.overCapacity',
      details: { capacity: 2, after: 3, over: 1 },
    });
    world.at('2021-05-09');
    const late = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: rows(1) });
    expect(late.rosterImport.status).to.equal('checked');
    world.at('2021-05-10');
    const tooLate = await refusal(commitRoster(deps, { actor: staff, importId: late.rosterImport.id }));
    expect(tooLate).to.deep.include({ code: 'rosters.tooLate', details: { lastDay: '2021-05-09' } });
    await deps.transaction(async () => {
      const before = await deps.trainingSessions.get(staff.scope, session.id);
      await deps.trainingSessions.save({ ...before, status: 'closed' });
    });
    const closed = await refusal(checkRoster(deps, { actor: staff, sessionId: session.id, rows: rows(1) }));
    expect(closed).to.deep.include({ code: 'rosters.sessionClosed', details: { status: 'closed' } });
  });

  it('hands changed rows back, marked, instead of writing what nobody looked at', async () => {
    const { deps } = world;
    const { session, staff, centreId } = await aSession(deps);
    const row = aRow(2);
    const mine = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: [row, aRow(3)] });
    const other = await aSession(deps, { startsOn: '2021-09-01', endsOn: '2021-09-30' });
    const theirs = await checkRoster(deps, { actor: other.staff, sessionId: other.session.id, rows: [row] });
    await commitRoster(deps, { actor: other.staff, importId: theirs.rosterImport.id });
    const changed = await refusal(commitRoster(deps, { actor: staff, importId: mine.rosterImport.id }));
    expect(changed).to.deep.include({ code: 'rosters.rowsChanged', details: { count: 1 } });
    const marked = await deps.rosterImports.rowsOf(staff.scope, mine.rosterImport.id);
    expect(marked.map((one) => [one.state, one.changed])).to.deep.equal([
      ['matched', true],
      ['new', false],
    ]);
    const { enrolments } = await commitRoster(deps, { actor: staff, importId: mine.rosterImport.id });
    expect(enrolments).to.have.length(2);
    expect(enrolments.every((one) => one.centreId === centreId)).to.equal(true);
  });

  it('leaves an import alone that somebody else commits the moment its changed rows are handed back', async () => {
    const { deps } = world;
    const { session, staff } = await aSession(deps);
    const row = aRow(2);
    const { rosterImport } = await checkRoster(deps, {
      actor: staff,
      sessionId: session.id,
      rows: [row, aRow(3)],
    });
    const command = { actor: staff, importId: rosterImport.id };
    const other = await aSession(deps, { startsOn: '2021-09-01', endsOn: '2021-09-30' });
    await enrol(deps, other.staff, other.session.id, row.cells);
    let isFirst = true;
    const beside = {
      ...deps,
      transaction: async <T>(work: () => Promise<T>): Promise<T> => {
        const result = await deps.transaction(work);
        if (isFirst) {
          isFirst = false;
          await commitRoster(deps, { ...command, leaveOut: [2] });
        }
        return result;
      },
    };
    expect(await refusal(commitRoster(beside, command))).to.have.property('code', 'rosters.rowsChanged');
    const after = await deps.rosterImports.get(staff.scope, rosterImport.id);
    expect(after).to.include({ status: 'committed', committedCount: 1 });
    const parts = deps.people.model.db.collection('rosterImportParts');
    const toBeDropped = { importId: rosterImport.id, dropAt: { $exists: true } };
    expect(await parts.countDocuments(toBeDropped)).to.equal(0);
  });

  it('writes once when the same import is committed twice', async () => {
    const { deps } = world;
    const { session, staff } = await aSession(deps);
    const { rosterImport } = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: rows(2) });
    const both = await Promise.allSettled([
      commitRoster(deps, { actor: staff, importId: rosterImport.id }),
      commitRoster(deps, { actor: staff, importId: rosterImport.id }),
    ]);
    expect(both.map((one) => one.status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    expect(await deps.enrolments.count(staff.scope, { sessionId: session.id })).to.equal(2);
  });

  it('lets exactly one of two commits have the last place, fifty times', async function () {
    this.timeout(120_000);
    const { deps } = world;
    const { staff, centreId } = await aSession(deps);
    for (let turn = 0; turn < 50; turn += 1) {
      const { session } = await aSession(deps, { capacity: 1 }, { actor: staff, centreId });
      const imports = await Promise.all(
        [1, 2].map(() => checkRoster(deps, { actor: staff, sessionId: session.id, rows: rows(1) })),
      );
      const results = await Promise.allSettled(
        imports.map(({ rosterImport }) => commitRoster(deps, { actor: staff, importId: rosterImport.id })),
      );
      const won = results.filter((one) => one.status === 'fulfilled');
      const lost = results.flatMap((one) =>
        one.status === 'rejected' ? [one.reason as { code: string }] : [],
      );
      expect(won, `turn ${turn}`).to.have.length(1);
      expect(lost[0]!.code).to.equal('rosters.overCapacity');
      expect((await deps.trainingSessions.get(staff.scope, session.id)).enrolled).to.equal(1);
    }
  });

  it('makes one person of one identity that two centres register at once, fifty times', async function () {
    this.timeout(120_000);
    const { deps } = world;
    const a = await aSession(deps, { capacity: 200 });
    const b = await aSession(deps, { capacity: 200, startsOn: '2021-08-01', endsOn: '2021-08-20' });
    for (let turn = 0; turn < 50; turn += 1) {
      const row = aRow(2);
      const imports = await Promise.all(
        [a, b].map(({ staff, session }) =>
          checkRoster(deps, { actor: staff, sessionId: session.id, rows: [row] }),
        ),
      );
      const results = await Promise.allSettled(
        imports.map(({ rosterImport }, index) =>
          commitRoster(deps, { actor: [a, b][index]!.staff, importId: rosterImport.id }),
        ),
      );
      const lost = results.flatMap((one) =>
        one.status === 'rejected' ? [one.reason as { code: string }] : [],
      );
      expect(lost.map((one) => one.code)).to.deep.equal(['rosters.rowsChanged']);
    }
  });
});
