import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { correctScore } from '../../../src/use-cases/assessments/correct-score.ts';
import { recordScores } from '../../../src/use-cases/assessments/record-scores.ts';
import { issueBatch } from '../../../src/use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../src/use-cases/certifications/propose-batch.ts';
import { returnBatch } from '../../../src/use-cases/certifications/return-batch.ts';
import { revokeCertificate } from '../../../src/use-cases/certifications/revoke-certificate.ts';
import { anActor } from '../../support/builders.ts';
import { aScoredAssessment, anEvaluator, peopleOf } from '../../support/certificates.ts';
import { refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const reason = '试卷复核，漏计一题';

describe('use-cases/assessments/correct-score', () => {
  let world: World;
  before(async () => {
    world = await openWorld('2021-06-01');
  });
  after(() => world.close());

  async function aScored(names: readonly string[], given: { practice?: number } = {}) {
    world.at('2021-06-01');
    const evaluator = await anEvaluator(world.deps);
    const people = await peopleOf(world.deps, evaluator, names);
    const { assessment, candidates } = await aScoredAssessment(world.deps, evaluator, people, given);
    const of = (name: string) => candidates.find((one) => one.name === name)!.id;
    const correct = async (
      name: string,
      scores: { theory: number | null; practice: number | null },
      actor = evaluator.staff,
    ) =>
      correctScore(world.deps, {
        actor,
        assessmentId: assessment.id,
        candidateId: of(name),
        attempt: 0,
        version: (await world.deps.candidates.get(district, of(name))).version,
        scores,
        reason,
      });
    const propose = () => proposeBatch(world.deps, { actor: evaluator.staff, assessmentId: assessment.id });
    const issue = async () => {
      const batch = await propose();
      return issueBatch(world.deps, { actor: evaluator.approver, batchId: batch.id });
    };
    return { evaluator, assessment, of, correct, propose, issue };
  }
  const theory = (score: number) => ({ theory: score, practice: 75 });

  it('changes the one attempt, keeps its day and who entered it, and says before and after', async () => {
    const { deps } = world;
    const { evaluator, of, correct, assessment } = await aScored(['周一', '周二']);
    const after = await correct('周一', theory(59.5));
    expect(after.attempts).to.have.length(1);
    expect(after.attempts[0]).to.deep.include({
      theory: 59.5,
      practice: 75,
      on: '2021-06-01',
      enteredBy: evaluator.staff.accountId,
      correctedBy: [evaluator.staff.accountId],
    });
    const [event] = await deps.events.about('candidate', of('周一'));
    expect(event).to.deep.include({
      what: 'assessment.scoreCorrected',
      before: { theory: 80, practice: 75 },
      after: { theory: 59.5, practice: 75, assessment: assessment.number, satOn: '2021-06-01' },
      reason,
    });
    expect((await deps.candidates.get(district, of('周二'))).attempts[0]!.theory).to.equal(80);
  });

  it('refuses what is no score, the same score, none at all, a short reason and a stale version', async () => {
    const { deps } = world;
    const { evaluator, assessment, of, correct } = await aScored(['周三']);
    const codeOf = async (work: Promise<unknown>) =>
      ((await refusalOf(work)) as unknown as { problems?: { code: string }[]; code: string }).problems?.[0]
        ?.code;
    expect(await codeOf(correct('周三', theory(101)))).to.equal('assessments.scoreOutOfRange');
    expect(await codeOf(correct('周三', theory(80)))).to.equal('assessments.sameScore');
    expect(await codeOf(correct('周三', { theory: null, practice: null }))).to.equal('assessments.noScore');
    const command = {
      actor: evaluator.staff,
      assessmentId: assessment.id,
      candidateId: of('周三'),
      attempt: 0,
      scores: theory(70),
    };
    expect(await codeOf(correctScore(deps, { ...command, version: 1, reason: '算错' }))).to.equal(
      'shared.reasonTooShort',
    );
    const stale = await refusalOf(correctScore(deps, { ...command, version: 0, reason }));
    expect(stale).to.include({ name: 'Conflict', code: 'shared.changedMeanwhile' });
  });

  it('waits for the return of a batch, and for the revocation of a certificate, and says which', async () => {
    const { deps } = world;
    const { evaluator, of, correct, propose, issue } = await aScored(['周四']);
    const batch = await propose();
    const inBatch = await refusalOf(correct('周四', theory(70)));
    expect(inBatch).to.deep.include({
      code: 'assessments.inBatch',
      details: { name: '周四', number: batch.number },
    });
    await returnBatch(deps, { actor: evaluator.approver, batchId: batch.id, reason: '成绩待核' });
    await correct('周四', theory(70));

    const issued = await issue();
    const [certificate] = await deps.certificates.find(district, { batchId: issued.id });
    expect(certificate).to.include({ theory: 70 });
    const certified = await refusalOf(correct('周四', theory(65)));
    expect(certified).to.deep.include({
      code: 'assessments.certified',
      details: { name: '周四', number: certificate!.number },
    });
    const officer = await anActor(deps, 'bureauOfficer');
    const category = 'issued_in_error' as const;
    await revokeCertificate(deps, { actor: officer, certificateId: certificate!.id, category, reason });
    await correct('周四', theory(65));

    const again = await issue();
    const [right] = await deps.certificates.find(district, { batchId: again.id });
    expect(right).to.include({ theory: 65, candidateId: of('周四') });
  });

  it('is not for who approved a batch with the candidate, nor may the corrector approve the next one', async () => {
    const { deps } = world;
    const { evaluator, correct, issue, propose } = await aScored(['周五']);
    const issued = await issue();
    const [certificate] = await deps.certificates.find(district, { batchId: issued.id });
    const officer = await anActor(deps, 'bureauOfficer');
    await revokeCertificate(deps, {
      actor: officer,
      certificateId: certificate!.id,
      category: 'issued_in_error',
      reason,
    });
    const refusal = await refusalOf(correct('周五', theory(90), evaluator.approver));
    expect(refusal).to.include({ name: 'NotAllowed', code: 'assessments.approvedByYou' });
    const second = await anActor(deps, 'evaluatorApprover', { organisationId: evaluator.organisation.id });
    await correct('周五', theory(90), second);
    const batch = await propose();
    const decided = await refusalOf(issueBatch(deps, { actor: second, batchId: batch.id }));
    expect(decided).to.include({ name: 'NotAllowed', code: 'accounts.secondPerson' });
  });

  it('an approved batch locks what was entered; a re-sit opens the assessment again', async () => {
    const { deps } = world;
    const { evaluator, assessment, of, issue } = await aScored(['周六', '周七']);
    await recordScores(deps, {
      actor: evaluator.staff,
      assessmentId: assessment.id,
      on: '2021-06-01',
      rows: [{ candidateId: of('周七'), theory: 80, practice: 58 }],
    });
    const statusOf = async () => (await deps.assessments.get(district, assessment.id)).status;
    await issue();
    expect(await statusOf()).to.equal('locked');

    world.at('2021-06-08');
    const record = (name: string, on: string, practice: number) =>
      recordScores(deps, {
        actor: evaluator.staff,
        assessmentId: assessment.id,
        on,
        rows: [{ candidateId: of(name), theory: 80, practice }],
      });
    const problem = async (work: Promise<unknown>) =>
      ((await refusalOf(work)) as unknown as { problems: object[] }).problems[0];
    expect(await problem(record('周七', '2021-06-01', 66))).to.deep.equal({
      field: `theory.${of('周七')}`,
      code: 'assessments.settled',
      details: { name: '周七' },
    });
    expect(await problem(record('周六', '2021-06-08', 66))).to.deep.include({
      code: 'assessments.certifiedAlready',
    });
    expect(await problem(record('周七', '2021-06-09', 66))).to.deep.include({
      field: 'on',
      code: 'assessments.dayToCome',
    });
    expect(await statusOf()).to.equal('locked');
    expect(await record('周六', '2021-06-08', 75), 'the same again').to.equal(0);
    expect(await record('周七', '2021-06-08', 66)).to.equal(1);
    expect(await statusOf()).to.equal('open');
    expect((await issue()).certificateIds).to.have.length(1);
    expect(await statusOf()).to.equal('locked');
  });
});
