import { expect } from 'chai';
import { parseCertificateNumber } from '../../../src/domain/certifications/certificate-number.ts';
import { issueBatch } from '../../../src/use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../src/use-cases/certifications/propose-batch.ts';
import { returnBatch } from '../../../src/use-cases/certifications/return-batch.ts';
import { anActor } from '../../support/builders.ts';
import { aScoredAssessment, anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/certifications/issue-batch', () => {
  let world: World;
  before(async () => {
    world = await openWorld('2021-06-01');
  });
  after(() => world.close());

  it('gives numbers of the evaluator’s prefix in one series over all levels', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const people = await peopleOf(deps, evaluator, ['陈一', '陈二', '陈三']);
    const four = await certificatesFor(deps, evaluator, people.slice(0, 2));
    const three = await certificatesFor(deps, evaluator, people.slice(2), { skillLevel: 'senior' });
    const parts = [...four, ...three].map((one) => parseCertificateNumber(one.number)!);
    expect(parts.map((one) => one.serial).sort()).to.deep.equal(['000001', '000002', '000003']);
    expect(parts.map((one) => one.levelCode)).to.deep.equal(['4', '4', '3']);
    expect(
      parts.every((one) => one.prefix === evaluator.organisation.numberPrefix && one.year === '21'),
    ).to.equal(true);
    expect(three[0]).to.include({
      rank: 4,
      countedDivision: '320507',
      origin: 'issued',
      status: 'valid',
      issuedOn: '2021-06-01',
    });
  });

  it('refuses the proposer and whoever entered scores', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const { assessment } = await aScoredAssessment(
      deps,
      evaluator,
      await peopleOf(deps, evaluator, ['王一']),
    );
    const other = await anActor(deps, 'evaluatorApprover', { organisationId: evaluator.organisation.id });
    const batch = await proposeBatch(deps, { actor: other, assessmentId: assessment.id });
    for (const actor of [other, { ...evaluator.staff, role: 'evaluatorApprover' as const }]) {
      const refusal = await issueBatch(deps, { actor, batchId: batch.id }).catch((error: Error) => error);
      expect(refusal).to.include({ name: 'NotAllowed', code: 'accounts.secondPerson' });
    }
  });

  it('leaves out a name with a character no font has, and names the character', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const { assessment } = await aScoredAssessment(
      deps,
      evaluator,
      await peopleOf(deps, evaluator, ['李\u{3106C}', '李四']),
    );
    const batch = await proposeBatch(deps, { actor: evaluator.staff, assessmentId: assessment.id });
    const issued = await issueBatch(deps, { actor: evaluator.approver, batchId: batch.id });
    expect(issued.certificateIds).to.have.length(1);
    expect(issued.leftOut).to.have.length(1);
    expect(issued.leftOut[0]).to.include({ code: 'certificates.glyphMissing', detail: '\u{3106C}' });
  });

  it('proposes only those who pass, and nobody when nobody does', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const { assessment } = await aScoredAssessment(
      deps,
      evaluator,
      await peopleOf(deps, evaluator, ['赵六']),
      { practice: 58 },
    );
    const refusal = await proposeBatch(deps, { actor: evaluator.staff, assessmentId: assessment.id }).catch(
      (error: Error) => error,
    );
    expect(refusal).to.have.property('code', 'certificates.nobodyEligible');
  });

  it('lets a returned batch’s candidates be proposed again', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const { assessment } = await aScoredAssessment(
      deps,
      evaluator,
      await peopleOf(deps, evaluator, ['钱七']),
    );
    const first = await proposeBatch(deps, { actor: evaluator.staff, assessmentId: assessment.id });
    await returnBatch(deps, { actor: evaluator.approver, batchId: first.id, reason: '核对成绩单' });
    const second = await proposeBatch(deps, { actor: evaluator.staff, assessmentId: assessment.id });
    expect(second.candidateIds).to.deep.equal(first.candidateIds);
  });

  it('lets exactly one of two approvers at once win, fifty times, without a double number', async function () {
    this.timeout(60_000);
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const second = await anActor(deps, 'evaluatorApprover', { organisationId: evaluator.organisation.id });
    const people = await peopleOf(
      deps,
      evaluator,
      Array.from({ length: 50 }, (_, index) => `孙${String.fromCodePoint(0x4e00 + index)}`),
    );
    for (const person of people) {
      const { assessment } = await aScoredAssessment(deps, evaluator, [person]);
      const batch = await proposeBatch(deps, { actor: evaluator.staff, assessmentId: assessment.id });
      const results = await Promise.allSettled(
        [evaluator.approver, second].map((actor) => issueBatch(deps, { actor, batchId: batch.id })),
      );
      expect(results.filter((one) => one.status === 'fulfilled')).to.have.length(1);
      const lost = results.find((one) => one.status === 'rejected') as PromiseRejectedResult;
      expect(lost.reason).to.have.property('code', 'certificates.batchDecided');
    }
    const issued = await deps.certificates.find(evaluator.staff.scope, {});
    expect(new Set(issued.map((one) => one.number)).size).to.equal(50);
    expect(issued).to.have.length(50);
  });
});
