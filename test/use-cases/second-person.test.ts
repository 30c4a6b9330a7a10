// The same person never decides twice in one chain: every use-case that decides, met by everybody with a part in the thing.
import { expect } from 'chai';
import type { Actor, Role } from '../../src/domain/accounts/actor.ts';
import { handsIn } from '../../src/domain/accounts/second-person.ts';
import { changeProgramme, draftProgramme } from '../../src/use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import { changeApprentice } from '../../src/use-cases/apprenticeships/move-apprentice.ts';
import {
  fileProgramme,
  returnProgramme,
  submitProgramme,
} from '../../src/use-cases/apprenticeships/move-programme.ts';
import { addPersons } from '../../src/use-cases/assessments/add-candidates.ts';
import { openSkillLevelAssessment } from '../../src/use-cases/assessments/open-assessment.ts';
import { recordScores } from '../../src/use-cases/assessments/record-scores.ts';
import {
  approveRecordedCertificates,
  returnRecordedCertificates,
} from '../../src/use-cases/certifications/approve-recorded-certificates.ts';
import { issueBatch } from '../../src/use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../src/use-cases/certifications/propose-batch.ts';
import { returnBatch } from '../../src/use-cases/certifications/return-batch.ts';
import { submitRecordedCertificates } from '../../src/use-cases/certifications/submit-recorded-certificates.ts';
import {
  approveSessionChange,
  returnSessionChange,
} from '../../src/use-cases/training/decide-session-change.ts';
import {
  approveTrainingSession,
  rejectTrainingSession,
  returnTrainingSession,
  submitTrainingSession,
} from '../../src/use-cases/training/move-training-session.ts';
import { requestSessionChange } from '../../src/use-cases/training/request-session-change.ts';
import { aProgramme, anApprentice } from '../support/apprenticeships.ts';
import { anActor, anOrganisation } from '../support/builders.ts';
import { anEvaluator, peopleOf } from '../support/certificates.ts';
import { anIdNumber, aSession } from '../support/rosters.ts';
import { anApprovedSession, refusalOf } from '../support/training.ts';
import { openWorld, type World } from '../support/world.ts';

const reason = '材料齐全，另行核对';

describe('use-cases/second-person', () => {
  let world: World;
  before(async () => {
    world = await openWorld('2021-04-20');
  });
  after(() => world.close());

  /** The same account in a role that may decide: a right to decide never outweighs a part in the thing. */
  const promoted = (actor: Actor, role: Role = 'bureauReviewer'): Actor => ({
    ...actor,
    role,
    scope: role === 'bureauReviewer' ? { kind: 'district' } : actor.scope,
  });
  const refuses = async (work: Promise<unknown>, who: string) =>
    expect((await refusalOf(work)).code, who).to.equal('accounts.secondPerson');

  it('counts makers and every step, save handing back', () => {
    const by = (to: string, account: string) => ({ to, by: account });
    const record = {
      statusChanges: [by('draft', 'a'), by('submitted', 'b'), by('returned', 'c'), by('reviewed', 'd')],
    };
    expect(handsIn(record, 'maker', null)).to.deep.equal(['maker', null, 'a', 'b', 'd']);
  });

  it('a training session: neither who drafted nor who ever submitted it files, returns or refuses it', async () => {
    const { deps } = world;
    const { session, staff, centreId } = await aSession(deps);
    const sessionId = session.id;
    const officer = await anActor(deps, 'bureauOfficer');
    const first = await anActor(deps, 'centreApprover', { organisationId: centreId });
    const second = await anActor(deps, 'centreApprover', { organisationId: centreId });
    await submitTrainingSession(deps, { actor: first, sessionId });
    await returnTrainingSession(deps, { actor: officer, sessionId, reason });
    await submitTrainingSession(deps, { actor: second, sessionId });
    for (const part of [staff, first, second]) {
      const command = { actor: promoted(part), sessionId, reason };
      for (const decide of [approveTrainingSession, returnTrainingSession, rejectTrainingSession])
        await refuses(decide(deps, command), part.name);
    }
    const filed = await approveTrainingSession(deps, { actor: officer, sessionId });
    expect(filed.status).to.equal('approved');
  });

  it('a change of a session: not who asked for it', async () => {
    const { deps } = world;
    const { session, staff } = await anApprovedSession(world, { lessons: [] });
    const change = await requestSessionChange(deps, {
      actor: staff,
      sessionId: session.id,
      facts: { capacity: 50 },
      reason,
    });
    const command = { actor: promoted(staff), changeId: change.id, reason };
    await refuses(approveSessionChange(deps, command), 'approve');
    await refuses(returnSessionChange(deps, command), 'return');
    const reviewer = await anActor(deps, 'bureauReviewer');
    expect((await approveSessionChange(deps, { ...command, actor: reviewer })).status).to.equal('approved');
  });

  it('a programme: not who entered, changed, listed apprentices, struck one off or submitted it', async () => {
    const { deps } = world;
    const { id: enterpriseId } = await anOrganisation(deps, { capacities: ['enterprise'] });
    const officers = await Promise.all(Array.from({ length: 6 }, () => anActor(deps, 'bureauOfficer')));
    const [enters, changes, lists, strikes, submits, files] = officers as unknown as [
      Actor,
      Actor,
      Actor,
      Actor,
      Actor,
      Actor,
    ];
    const facts = aProgramme();
    const { id: programmeId } = await draftProgramme(deps, { actor: enters, enterpriseId, facts });
    await changeProgramme(deps, {
      actor: changes,
      programmeId,
      version: 0,
      facts: { ...facts, plannedCount: 9 },
    });
    const [one] = await enrolApprentices(deps, {
      actor: lists,
      programmeId,
      enrolledOn: '2021-04-20',
      rows: [anApprentice('学徒一'), anApprentice('学徒二')],
    });
    await changeApprentice(deps, {
      actor: strikes,
      apprenticeId: one!.id,
      to: 'left',
      on: '2021-04-20',
      reason,
    });
    await submitProgramme(deps, { actor: submits, programmeId });
    for (const part of [enters, changes, lists, strikes, submits]) {
      await refuses(fileProgramme(deps, { actor: part, programmeId }), part.name);
      await refuses(returnProgramme(deps, { actor: part, programmeId, reason }), part.name);
    }
    await returnProgramme(deps, { actor: files, programmeId, reason });
    await submitProgramme(deps, { actor: submits, programmeId });
    expect((await fileProgramme(deps, { actor: files, programmeId })).status).to.equal('filed');
  });

  it('a batch: not who opened the assessment, put somebody on it, scored or proposed', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const own = { organisationId: evaluator.organisation.id };
    const people = await peopleOf(deps, evaluator, ['周一', '周二']);
    const [lists, scores, proposes, decides] = (await Promise.all(
      Array.from({ length: 4 }, () => anActor(deps, 'evaluatorApprover', own)),
    )) as unknown as [Actor, Actor, Actor, Actor];
    const assessment = await openSkillLevelAssessment(deps, {
      actor: evaluator.staff,
      facts: {
        occupationCode: '6-31-01-03',
        trade: null,
        skillLevel: 'intermediate',
        method: 'level_recognition',
        heldOn: '2021-04-20',
        sessionNumber: null,
      },
    });
    await addPersons(deps, { actor: lists, assessmentId: assessment.id, personIds: people });
    const candidates = await deps.candidates.find(lists.scope, { assessmentId: assessment.id });
    await recordScores(deps, {
      actor: scores,
      assessmentId: assessment.id,
      on: '2021-04-20',
      rows: candidates.map((one) => ({ candidateId: one.id, theory: 80, practice: 80 })),
    });
    const { id: batchId } = await proposeBatch(deps, { actor: proposes, assessmentId: assessment.id });
    for (const part of [promoted(evaluator.staff, 'evaluatorApprover'), lists, scores, proposes]) {
      await refuses(issueBatch(deps, { actor: part, batchId }), part.name);
      await refuses(returnBatch(deps, { actor: part, batchId, reason }), part.name);
    }
    await returnBatch(deps, { actor: decides, batchId, reason });
    const again = await proposeBatch(deps, { actor: proposes, assessmentId: assessment.id });
    expect((await issueBatch(deps, { actor: decides, batchId: again.id })).status).to.equal('issued');
  });

  it('a list of certificates issued elsewhere: not who entered it', async () => {
    const { deps } = world;
    const enters = await anActor(deps, 'bureauOfficer');
    const list = await submitRecordedCertificates(deps, {
      actor: enters,
      fileName: '',
      rows: [
        {
          number: 1,
          cells: {
            name: '钱多多',
            documentNumber: anIdNumber(),
            kind: '职业技能等级证书',
            certificateNumber: 'S000032880002213000077',
            occupationCode: '6-18-02-04',
            skillLevel: 'senior',
            issuedOn: '2021-03-10',
            issuer: '外地评价机构',
            countedDivision: '320507',
            source: '证书查询网',
            verification: 'verified',
          },
        },
      ],
    });
    const command = { actor: enters, importId: list.id, reason };
    await refuses(approveRecordedCertificates(deps, command), 'approve');
    await refuses(returnRecordedCertificates(deps, command), 'return');
    const reviewer = await anActor(deps, 'bureauReviewer');
    const approved = await approveRecordedCertificates(deps, { ...command, actor: reviewer });
    expect(approved.certificates).to.have.length(1);
  });
});
