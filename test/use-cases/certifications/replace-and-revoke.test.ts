import { expect } from 'chai';
import { checkOutcome } from '../../../src/domain/certifications/certificate.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { checkCertificate } from '../../../src/use-cases/certifications/check-certificate.ts';
import { findHolder } from '../../../src/use-cases/certifications/find-holder.ts';
import { makeClaimCodes } from '../../../src/use-cases/certifications/make-claim-codes.ts';
import { printFileOf } from '../../../src/use-cases/certifications/make-print-file.ts';
import { replaceCertificate } from '../../../src/use-cases/certifications/replace-certificate.ts';
import { revokeCertificate } from '../../../src/use-cases/certifications/revoke-certificate.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/certifications/replace-certificate, revoke-certificate, check-certificate, find-holder', () => {
  let world: World;
  before(async () => {
    world = await openWorld('2021-06-01');
  });
  after(() => world.close());

  async function aCertificate() {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const people = await peopleOf(deps, evaluator, ['周八']);
    const [certificate] = await certificatesFor(deps, evaluator, people);
    return { evaluator, certificate: certificate!, personId: people[0]! };
  }
  const tokenOf = (address: string) => address.split('/c/')[1]!;

  it('replaces the print and keeps number and first issue day', async () => {
    const { deps } = world;
    const { evaluator, certificate } = await aCertificate();
    const [first] = await deps.prints.of([certificate]);
    world.at('2021-09-01');
    const print = await replaceCertificate(deps, {
      actor: evaluator.staff,
      certificateId: certificate.id,
      reason: '原件遗失补发',
    });
    const after = await deps.certificates.get(district, certificate.id);
    expect(after).to.include({ number: certificate.number, issuedOn: '2021-06-01', status: 'valid' });
    expect(print.flowNumber).to.not.equal(first!.flowNumber);
    const old = await checkCertificate(deps, {
      token: tokenOf(deps.cipher.open(first!.checkAddressSealed)),
      address: '192.0.2.1',
    });
    expect(checkOutcome(old!.certificate, old!.print, '2021-09-02')).to.equal('replaced');
    const fresh = await checkCertificate(deps, {
      token: tokenOf(deps.cipher.open(print.checkAddressSealed)),
      address: '192.0.2.1',
    });
    expect(checkOutcome(fresh!.certificate, fresh!.print, '2021-09-02')).to.equal('valid');
  });

  it('revokes once, with a reason of at least five characters', async () => {
    const { deps } = world;
    const { certificate } = await aCertificate();
    const officer = await anActor(deps, 'bureauOfficer');
    const short = await revokeCertificate(deps, {
      actor: officer,
      certificateId: certificate.id,
      category: 'cheating',
      reason: '作弊',
    }).catch((e: Error) => e);
    expect(short).to.have.nested.property('problems[0].code', 'shared.reasonTooShort');
    const revoked = await revokeCertificate(deps, {
      actor: officer,
      certificateId: certificate.id,
      category: 'cheating',
      reason: '经查实替考',
    });
    expect(checkOutcome(revoked, null, '2021-09-02')).to.equal('revoked');
    const again = await revokeCertificate(deps, {
      actor: officer,
      certificateId: certificate.id,
      category: 'cheating',
      reason: '经查实替考',
    }).catch((e: Error) => e);
    expect(again).to.have.property('code', 'certificates.notValid');
  });

  it('draws the PDF once and serves those bytes for ever', async () => {
    const { deps } = world;
    const { certificate } = await aCertificate();
    const first = await printFileOf(deps, certificate, certificate.currentPrintId!);
    const second = await printFileOf(deps, certificate, certificate.currentPrintId!);
    expect(first.subarray(0, 5).toString()).to.equal('%PDF-');
    expect(second.equals(first)).to.equal(true);
  });

  it('answers a number only together with the name', async () => {
    const { deps } = world;
    const { certificate } = await aCertificate();
    const ask = (nameKey: string) =>
      checkCertificate(deps, { number: certificate.number, nameKey, address: '192.0.2.2' });
    expect((await ask('周八'))?.certificate.id).to.equal(certificate.id);
    expect(await ask('周九')).to.equal(null);
  });

  it('finds the holder by claim code, gives one answer for every failure, and lets the pair wait after five', async () => {
    const { deps } = world;
    const { evaluator, certificate, personId } = await aCertificate();
    const [slip] = await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate.batchId! });
    const claim = {
      certificateNumber: certificate.number,
      documentType: null,
      documentNumber: null,
      nameKey: '周八',
      claimCode: slip!.claimCode,
      address: '192.0.2.3',
    };
    expect(await findHolder(deps, claim)).to.equal(personId);
    const wrong = [
      { nameKey: '周九' },
      { claimCode: 'AAAA-AAAA-AAAA-AAAA' },
      { certificateNumber: 'S000032999999213999999' },
    ];
    for (const change of wrong) {
      const refusal = await findHolder(deps, { ...claim, ...change, address: '192.0.2.4' }).catch(
        (error: Error) => error,
      );
      expect(refusal).to.have.property('code', 'certificates.notFound');
    }
    for (let attempt = 0; attempt < 5; attempt += 1)
      await findHolder(deps, { ...claim, claimCode: 'WRONG', address: '192.0.2.5' }).catch(() => null);
    const waiting = await findHolder(deps, { ...claim, address: '192.0.2.5' }).catch((error: Error) => error);
    expect(waiting).to.have.property('code', 'certificates.tooManyTries');
    expect(await findHolder(deps, { ...claim, address: '192.0.2.6' })).to.equal(personId);
    world.at('2021-09-01T12:31:00+08:00');
    expect(await findHolder(deps, { ...claim, address: '192.0.2.5' })).to.equal(personId);
  });

  it('ends earlier claim codes with the next print of slips', async () => {
    const { deps } = world;
    const { evaluator, certificate } = await aCertificate();
    const [old] = await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate.batchId! });
    await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate.batchId! });
    const claim = {
      certificateNumber: certificate.number,
      documentType: null,
      documentNumber: null,
      nameKey: '周八',
      claimCode: old!.claimCode,
      address: '192.0.2.7',
    };
    expect(await findHolder(deps, claim).catch((error: Error) => error)).to.have.property(
      'code',
      'certificates.notFound',
    );
  });
});
