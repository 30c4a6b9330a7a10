import { expect } from 'chai';
import { approveRecordedCertificates } from '../../../src/use-cases/certifications/approve-recorded-certificates.ts';
import { issueBatch } from '../../../src/use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../src/use-cases/certifications/propose-batch.ts';
import { replaceCertificate } from '../../../src/use-cases/certifications/replace-certificate.ts';
import { returnBatch } from '../../../src/use-cases/certifications/return-batch.ts';
import { revokeCertificate } from '../../../src/use-cases/certifications/revoke-certificate.ts';
import { submitRecordedCertificates } from '../../../src/use-cases/certifications/submit-recorded-certificates.ts';
import { anActor } from '../../support/builders.ts';
import {
  aScoredAssessment,
  anEvaluator,
  certificatesFor,
  peopleOf,
  type AnEvaluator,
} from '../../support/certificates.ts';
import { anIdNumber } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';
import { fiftyTimes, oneWins, turns } from './race.ts';

type Officer = Awaited<ReturnType<typeof anActor>>;

describe('use-cases/races/certifications', function () {
  this.timeout(120_000);
  let world: World;
  let evaluator: AnEvaluator;
  let people: string[];
  let officers: [Officer, Officer, Officer];
  before(async () => {
    world = await openWorld('2021-06-01');
    const { deps } = world;
    evaluator = await anEvaluator(deps);
    const names = Array.from({ length: turns }, (_, index) => `赵${String.fromCodePoint(0x4e00 + index)}`);
    people = await peopleOf(deps, evaluator, names);
    officers = [
      await anActor(deps, 'bureauOfficer'),
      await anActor(deps, 'bureauOfficer'),
      await anActor(deps, 'bureauOfficer'),
    ];
  });
  after(() => world.close());

  it('makes one batch of candidates proposed twice', async () => {
    const { deps } = world;
    const other = await anActor(deps, 'evaluatorStaff', { organisationId: evaluator.organisation.id });
    await fiftyTimes(async (turn) => {
      const { assessment } = await aScoredAssessment(deps, evaluator, [people[turn]!]);
      const propose = (actor: typeof other) => () =>
        proposeBatch(deps, { actor, assessmentId: assessment.id });
      await oneWins(propose(evaluator.staff), propose(other), ['certificates.nobodyEligible'], turn);
      expect(
        await deps.certificateBatches.count(evaluator.staff.scope, { assessmentId: assessment.id }),
      ).to.equal(1);
    });
  });

  it('decides a batch once: issued or returned', async () => {
    const { deps } = world;
    const second = await anActor(deps, 'evaluatorApprover', { organisationId: evaluator.organisation.id });
    await fiftyTimes(async (turn) => {
      const { assessment } = await aScoredAssessment(deps, evaluator, [people[turn]!]);
      const batch = await proposeBatch(deps, { actor: evaluator.staff, assessmentId: assessment.id });
      const { index } = await oneWins(
        () => issueBatch(deps, { actor: evaluator.approver, batchId: batch.id, printFiles: false }),
        () => returnBatch(deps, { actor: second, batchId: batch.id, reason: '核对成绩单' }),
        ['certificates.batchDecided'],
        turn,
      );
      const issued = await deps.certificates.count(evaluator.staff.scope, { batchId: batch.id });
      expect(issued).to.equal(index === 0 ? 1 : 0);
    });
  });

  it('revokes a certificate once, and replaces none that is being revoked', async () => {
    const { deps } = world;
    const certificates = await certificatesFor(deps, evaluator, people, { skillLevel: 'junior' });
    const revoke = (actor: Officer, certificateId: string) => () =>
      revokeCertificate(deps, { actor, certificateId, category: 'cheating', reason: '成绩造假，查实' });
    await fiftyTimes(async (turn) => {
      const { id } = certificates[turn]!;
      await oneWins(revoke(officers[0], id), revoke(officers[1], id), ['certificates.notValid'], turn);
      const refused = await Promise.allSettled([
        replaceCertificate(deps, { actor: evaluator.staff, certificateId: id, reason: '原件遗失补发' }),
      ]);
      expect(refused[0].status).to.equal('rejected');
    });
  });

  describe('of certificates issued elsewhere', () => {
    const submit = (turn: number, by: Officer) =>
      submitRecordedCertificates(world.deps, {
        actor: by,
        fileName: '外来证书.xlsx',
        rows: [
          {
            number: 1,
            cells: {
              name: '钱多多',
              documentNumber: anIdNumber(),
              kind: '职业技能等级证书',
              certificateNumber: `S000032880002213${String(turn + 1).padStart(6, '0')}`,
              occupationCode: '6-18-02-04',
              skillLevel: 'senior',
              issuedOn: '2021-03-01',
              issuer: '无锡某评价机构',
              source: '本人提交',
              verification: 'unverified',
            },
          },
        ],
      });
    const approve = (actor: Officer, importId: string) => () =>
      approveRecordedCertificates(world.deps, { actor, importId });

    it('lets one of two officers approve a list', async () => {
      await fiftyTimes(async (turn) => {
        const list = await submit(turn, officers[0]);
        const { value } = await oneWins(
          approve(officers[1], list.id),
          approve(officers[2], list.id),
          ['certificateImports.decided'],
          turn,
        );
        expect(value.certificates).to.have.length(1);
      });
      expect(await world.deps.certificates.count(officers[0].scope, { origin: 'recorded' })).to.equal(50);
    });

    it('records a number once when two lists name it', async () => {
      await fiftyTimes(async (turn) => {
        const [one, two] = [await submit(100 + turn, officers[0]), await submit(100 + turn, officers[0])];
        await oneWins(
          approve(officers[1], one.id),
          approve(officers[2], two.id),
          ['certificateImports.rowsChanged'],
          turn,
        );
      });
    });
  });
});
