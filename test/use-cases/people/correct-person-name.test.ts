import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { recordScores } from '../../../src/use-cases/assessments/record-scores.ts';
import { issueBatch } from '../../../src/use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../src/use-cases/certifications/propose-batch.ts';
import { revokeCertificate } from '../../../src/use-cases/certifications/revoke-certificate.ts';
import { correctPersonName } from '../../../src/use-cases/people/correct-person-name.ts';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/people/correct-person-name', () => {
  let world: World;
  before(async () => {
    world = await openWorld('2021-06-01');
  });
  after(() => world.close());

  async function certified(name: string) {
    const evaluator = await anEvaluator(world.deps);
    const [personId] = await peopleOf(world.deps, evaluator, [name]);
    const [certificate] = await certificatesFor(world.deps, evaluator, [personId!]);
    const person = await world.deps.people.get(district, personId!);
    return { evaluator, person, certificate: certificate! };
  }

  it('mends a certificate with a wrong name: correct, revoke as issued in error, issue anew from the same scores', async () => {
    const { deps } = world;
    const { evaluator, person, certificate } = await certified('章珊');
    const officer = await anActor(deps, 'bureauOfficer');
    const command = {
      actor: officer,
      personId: person.id,
      version: person.version,
      reason: '核对居民身份证',
    };
    const corrected = await correctPersonName(deps, { ...command, name: '张珊' });
    expect(corrected).to.include({ name: '张珊', nameKey: '张珊' });
    expect((await deps.certificates.get(district, certificate.id)).holderName).to.equal('章珊');
    await revokeCertificate(deps, {
      actor: officer,
      certificateId: certificate.id,
      category: 'issued_in_error',
      reason: '证书姓名有误',
    });
    const candidate = await deps.candidates.get(evaluator.staff.scope, certificate.candidateId!);
    expect(candidate).to.include({ name: '张珊', certificateId: null });
    const assessmentId = certificate.assessmentId!;
    await recordScores(deps, {
      actor: evaluator.staff,
      assessmentId,
      on: '2021-06-01',
      rows: [{ candidateId: candidate.id, theory: 80, practice: 75 }],
    });
    const batch = await proposeBatch(deps, { actor: evaluator.staff, assessmentId });
    const issued = await issueBatch(deps, { actor: evaluator.approver, batchId: batch.id });
    const fresh = await deps.certificates.get(district, issued.certificateIds[0]!);
    expect(fresh.holderName).to.equal('张珊');
    expect(fresh.number).to.not.equal(certificate.number);
  });

  it('frees nobody whose certificate was revoked for cheating', async () => {
    const { certificate, evaluator } = await certified('赵六');
    await revokeCertificate(world.deps, {
      actor: await anActor(world.deps, 'bureauOfficer'),
      certificateId: certificate.id,
      category: 'cheating',
      reason: '核查发现替考',
    });
    const candidate = await world.deps.candidates.get(evaluator.staff.scope, certificate.candidateId!);
    expect(candidate.certificateId).to.equal(certificate.id);
  });

  it('refuses the same name, no name, no grounds and a stale page', async () => {
    const { person } = await certified('钱七');
    const actor = await anActor(world.deps, 'bureauOfficer');
    const command = { actor, personId: person.id, version: person.version, reason: '核对居民身份证' };
    const refused = async (change: Partial<Parameters<typeof correctPersonName>[1]>) =>
      (await refusalOf(correctPersonName(world.deps, { ...command, name: '钱柒', ...change }))).name;
    expect(await refused({ name: '钱七' })).to.equal('InvalidInput');
    expect(await refused({ name: '□' })).to.equal('InvalidInput');
    expect(await refused({ reason: '无' })).to.equal('InvalidInput');
    expect(await refused({ version: person.version + 1 })).to.equal('Conflict');
    expect((await world.deps.people.get(district, person.id)).name).to.equal('钱七');
  });

  it('is a page of the bureau, with the field’s error beside it', async () => {
    const { person, evaluator } = await certified('孙八');
    const site = await openSite(world.deps);
    try {
      const officer = site.visitor();
      await officer.signIn((await anActor(world.deps, 'bureauOfficer')).userName);
      const path = `/people/${person.id}/name`;
      expect((await officer.get(`/people/${person.id}`)).text).to.include(`${path}/new`);
      const form = { name: '孙捌', reason: '', version: String(person.version) };
      const silent = await officer.post(path, form, { from: `${path}/new` });
      expect(silent.status).to.equal(422);
      expect(silent.text).to.include('value="孙捌"');
      const done = await officer.post(path, { ...form, reason: '核对居民身份证' }, { from: `${path}/new` });
      expect(done.location).to.equal(`/people/${person.id}`);
      const other = site.visitor();
      await other.signIn(evaluator.staff.userName);
      expect((await other.get(`${path}/new`)).status).to.equal(403);
    } finally {
      await site.close();
    }
  });
});
