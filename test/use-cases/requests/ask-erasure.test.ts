import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { undoPersonMerge } from '../../../src/use-cases/people/undo-person-merge.ts';
import { askErasure } from '../../../src/use-cases/requests/ask-erasure.ts';
import { answerCorrection } from '../../../src/use-cases/requests/decide-correction.ts';
import { askCorrection } from '../../../src/use-cases/requests/ask-correction.ts';
import { gatherSubjectRecord } from '../../../src/use-cases/exports/gather-subject-record.ts';
import { applyRetention } from '../../../src/use-cases/retention/apply-retention.ts';
import { setLegalHold } from '../../../src/use-cases/retention/hold-records.ts';
import { checkRoster } from '../../../src/use-cases/training/check-roster.ts';
import { commitRoster } from '../../../src/use-cases/training/commit-roster.ts';
import { anActor } from '../../support/builders.ts';
import { aRow } from '../../support/rosters.ts';
import { anApprovedSession } from '../../support/training.ts';
import { merge, twins } from '../../support/duplicates.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/requests/ask-erasure', function () {
  this.timeout(60_000);

  it('takes contact data out of every record merged into the person and of the merge; a reversal brings none back', async () => {
    const world = await openWorld('2021-05-01');
    try {
      const { deps } = world;
      const officer = await anActor(deps, 'bureauOfficer');
      const pair = await twins(deps, [{ education: 'bachelor' }, { householdRegistration: 'rural' }]);
      const done = await merge(deps, officer, pair, {
        choices: { mobile: 'merged', education: 'merged' },
        file: { bytes: Buffer.from('%PDF-1.7 proof') },
      });
      const { outcomes } = await askErasure(deps, { personId: pair.ids[0] });
      expect(outcomes, 'what proves the merge').to.deep.include({ part: 'evidence', ground: 'withinPeriod' });
      expect(await deps.keptFiles.evidenceAbout('person', [pair.ids[1]])).to.have.length(1);
      const [stored] = await deps.people.model.db.collection('personMerges').find({}).toArray();
      expect(stored).to.include({ keptMobileSealed: null });
      expect(stored!['before']).to.include({ education: null });
      await undoPersonMerge(deps, { actor: officer, mergeId: done.id, reason: '核实为两个人' });
      for (const person of (await deps.people.byIds(district, pair.ids)).values())
        expect(person).to.include({
          mobileSealed: null,
          mobileHash: null,
          education: null,
          householdRegistration: null,
        });
    } finally {
      await world.close();
    }
  });

  describe('and files', () => {
    let world: World;
    before(async () => {
      world = await openWorld('2021-04-20');
    });
    after(() => world.close());
    const stored = (name: string) =>
      world.deps.people.model.db.collection<{ _id: string }>(name).find({}).toArray();

    const aFile = {
      name: '名单.csv',
      type: 'text/csv',
      bytes: Buffer.from('rows'),
      format: 'csv',
      encoding: 'utf-8',
      sheetName: null,
      headerRow: 1,
      columns: {},
      unusedHeadings: [],
    };

    /** Two trainees of one uploaded file, and the file. */
    async function uploadedRoster() {
      const { deps } = world;
      const { session, staff } = await anApprovedSession(world, { people: 0 });
      const rows = [
        aRow(2, { mobile: '13800000041', education: '本科' }),
        aRow(3, { mobile: '13800000042', education: '本科' }),
      ];
      const bytes = Buffer.from(rows.map(({ cells }) => Object.values(cells).join()).join('\n'));
      const file = { ...aFile, bytes };
      const { rosterImport } = await checkRoster(deps, { actor: staff, sessionId: session.id, rows, file });
      return { staff, session, importId: rosterImport.id, fileId: rosterImport.fileId! };
    }
    const commit = async ({ staff, importId }: Awaited<ReturnType<typeof uploadedRoster>>) => {
      const { enrolments } = await commitRoster(world.deps, { actor: staff, importId });
      return enrolments.map(({ personId }) => personId) as [string, string];
    };

    it('deletes the uploaded roster with its parts, and of the rows read the person’s contact data alone', async () => {
      const { deps } = world;
      const upload = await uploadedRoster();
      const [personId] = await commit(upload);
      const { outcomes } = await askErasure(deps, { personId });
      expect(outcomes).to.deep.include({ part: 'uploadedFiles', ground: null });
      expect(outcomes.map(({ part }) => part)).to.not.include('heldRows');
      expect((await stored('keptFiles')).map(({ _id }) => _id)).to.not.include(upload.fileId);
      const parts = (await stored('keptFileParts')).map(({ _id }) => _id);
      expect(parts.filter((id) => id.startsWith(upload.fileId))).to.deep.equal([]);
      expect(await deps.rosterImports.get(district, upload.importId)).to.include({ fileId: null });
      const [mine, theirs] = await deps.rosterImports.rowsOf(district, upload.importId);
      expect(mine!.row.cells).to.not.have.any.keys('mobile', 'education', 'householdRegistration');
      expect(mine!.facts).to.include({ mobile: null, education: null });
      expect(theirs!.row.cells).to.include({ mobile: '13800000042', education: '本科' });
      const again = await askErasure(deps, { personId });
      expect(again.outcomes.map(({ part }) => part)).to.not.include('uploadedFiles');
    });

    it('keeps the file while a session is held, and says so', async () => {
      const { deps } = world;
      const upload = await uploadedRoster();
      const [personId] = await commit(upload);
      const actor = await anActor(deps, 'bureauOfficer');
      const reason = '审计抽查在办';
      await setLegalHold(deps, { actor, kind: 'trainingSession', id: upload.session.id, reason });
      const { outcomes } = await askErasure(deps, { personId });
      expect(outcomes).to.deep.include({ part: 'uploadedFiles', ground: 'legalHold' });
      expect((await deps.keptFiles.read(upload.fileId)).name).to.equal('名单.csv');
    });

    it('deletes what was sent with requests once none waits for its decision', async () => {
      const { deps } = world;
      const { ids } = await twins(deps);
      const file = { name: '证明.pdf', bytes: Buffer.from('%PDF-1.7 proof') };
      const ask = () =>
        askCorrection(deps, { personId: ids[0], fact: 'documentNumber', wanted: '320503199001010011', file });
      const asked = [await ask(), await ask()] as const;
      const actor = await anActor(deps, 'bureauOfficer');
      const answer = (requestId: string) =>
        answerCorrection(deps, { actor, requestId, accept: false, answer: '与证件不符' });
      await answer(asked[0].id);
      const waiting = await askErasure(deps, { personId: ids[0] });
      expect(waiting.outcomes).to.deep.include({ part: 'sentFiles', ground: 'openRequest' });
      for (const { fileId } of asked) expect((await deps.keptFiles.read(fileId!)).name).to.equal('evidence');
      await answer(asked[1].id);
      const decided = await askErasure(deps, { personId: ids[0] });
      expect(decided.outcomes).to.deep.include({ part: 'sentFiles', ground: null });
      const kept = (await stored('keptFileParts')).map(({ _id }) => _id);
      for (const { fileId } of asked) expect(kept.filter((id) => id.startsWith(fileId!))).to.deep.equal([]);
      for (const one of await deps.subjectRequests.ofPerson(ids[0]))
        expect(one).to.include({ fileId: null, wantedSealed: null });
      expect((await deps.subjectRequests.ofPerson(ids[0])).map(({ answer: said }) => said)).to.include(
        '与证件不符',
      );
    });

    it('reaches rows that enrolled nobody: of another centre’s preview, left out of a commitment, in error', async () => {
      const { deps } = world;
      const upload = await uploadedRoster();
      const [personId] = await commit(upload);
      const person = await deps.people.get(district, personId);
      const cells = {
        name: person.name,
        documentNumber: deps.people.openNumber(person, 'documentNumber')!,
        mobile: '13800000043',
      };
      const elsewhere = async (rows: readonly Partial<Record<string, string>>[]) => {
        const { session, staff } = await anApprovedSession(world, { people: 0 });
        const checked = await checkRoster(deps, {
          actor: staff,
          sessionId: session.id,
          rows: rows.map((one, index) => aRow(index + 2, one)),
          file: aFile,
        });
        return { staff, ...checked.rosterImport };
      };
      const preview = await elsewhere([cells, {}]);
      const committed = await elsewhere([cells, {}]);
      await commitRoster(deps, { actor: committed.staff, importId: committed.id, leaveOut: [2] });
      const inError = await elsewhere([{ ...cells, name: '', mobile: '13800000044' }]);
      const held = await elsewhere([{ ...cells, mobile: '13800000046' }]);
      const actor = await anActor(deps, 'bureauOfficer');
      const kept = await elsewhere([{}]);
      await setLegalHold(deps, {
        actor,
        kind: 'trainingSession',
        id: held.sessionId,
        reason: '审计抽查在办',
      });
      const underOther = await elsewhere([{ ...cells, name: '吴九九', mobile: '13800000045' }]);
      const uploadedRows = async () =>
        (await gatherSubjectRecord(deps, district, personId)).record.uploadedRows.map(
          ({ mobile }) => mobile ?? null,
        );
      expect(await uploadedRows()).to.have.members([
        '13800000041', // where the person is enrolled
        '13800000043',
        '13800000043',
        '13800000044',
        '13800000046',
        null, // under another's name the number alone
      ]);
      const { outcomes } = await askErasure(deps, { personId });
      expect(outcomes, 'the held file stays').to.deep.include({ part: 'uploadedFiles', ground: 'legalHold' });
      expect(outcomes, 'and its rows').to.deep.include({ part: 'heldRows', ground: 'legalHold' });
      for (const one of [held, kept])
        expect((await deps.rosterImports.get(district, one.id)).fileId).to.not.equal(null);
      expect(await uploadedRows()).to.have.members([null, null, null, null, null, '13800000046']);
      for (const one of [preview, committed, inError]) {
        const [mine] = await deps.rosterImports.rowsOf(district, one.id);
        expect(mine!.row.cells).to.have.property('documentNumber', cells.documentNumber);
        expect(mine!.row.cells).to.not.have.property('mobile');
        expect(await deps.rosterImports.get(district, one.id)).to.include({ fileId: null });
      }
      const [theirs] = await deps.rosterImports.rowsOf(district, underOther.id);
      expect(theirs!.row.cells).to.have.property('mobile', '13800000045');
    });

    it('lets the file of a preview nobody took in go with it, and keeps the one that was', async () => {
      const { deps } = world;
      const [left, taken] = [await uploadedRoster(), await uploadedRoster()];
      await commit(taken);
      const who = { accountId: 'system', name: 'system' };
      world.at('2021-05-20');
      await applyRetention(deps, { who, only: ['expiredFiles'] });
      const files = (await stored('keptFiles')).map(({ _id }) => _id);
      expect(files).to.include(taken.fileId).and.not.include(left.fileId);
      const parts = (await stored('keptFileParts')).map(({ _id }) => _id);
      expect(parts.filter((id) => id.startsWith(left.fileId))).to.deep.equal([]);
    });
  });
});
