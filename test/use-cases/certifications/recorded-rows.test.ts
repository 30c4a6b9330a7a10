import { expect } from 'chai';
import type { CertificateImport } from '../../../src/domain/certifications/recorded-certificate.ts';
import {
  approveRecordedCertificates,
  returnRecordedCertificates,
} from '../../../src/use-cases/certifications/approve-recorded-certificates.ts';
import { submitRecordedCertificates } from '../../../src/use-cases/certifications/submit-recorded-certificates.ts';
import { applyRetention } from '../../../src/use-cases/retention/apply-retention.ts';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anIdNumber } from '../../support/rosters.ts';
import { refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/certifications/recorded-rows', function () {
  this.timeout(120_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let serial = 70;
  before(async () => {
    world = await openWorld('2021-04-20');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  async function aList(): Promise<CertificateImport> {
    serial += 1;
    const actor = await anActor(world.deps, 'bureauOfficer');
    const cells = {
      name: '钱多多',
      documentNumber: anIdNumber(),
      kind: '职业技能等级证书',
      certificateNumber: `S0000328800022130000${serial}`,
      skillLevel: 'senior',
      issuedOn: '2021-03-10',
      issuer: '外地评价机构',
    };
    return submitRecordedCertificates(world.deps, {
      actor,
      fileName: '外地.xlsx',
      rows: [{ number: 2, cells }],
    });
  }
  const rowsStored = async (id: string) =>
    (await world.deps.certificateImports.model.findOne({ _id: id }).lean())!['rowsSealed'];

  it('go with the approval, whose page shows the certificates in their place', async () => {
    const list = await aList();
    const actor = await anActor(world.deps, 'bureauReviewer');
    const visitor = site.visitor();
    await visitor.signIn(actor.userName);
    expect((await visitor.get(`/certificate-imports/${list.id}`)).text).to.include('钱多多');
    expect(await rowsStored(list.id)).to.be.a('string');
    await approveRecordedCertificates(world.deps, { actor, importId: list.id });
    expect(await rowsStored(list.id)).to.equal(null);
    const page = await visitor.get(`/certificate-imports/${list.id}`);
    expect(page.status).to.equal(200);
    expect(page.text).to.include('钱多多').and.include(`S0000328800022130000${serial}`);
  });

  it('go when the list is returned, whose page shows the reason', async () => {
    const list = await aList();
    const actor = await anActor(world.deps, 'bureauReviewer');
    await returnRecordedCertificates(world.deps, { actor, importId: list.id, reason: '缺少来源说明' });
    expect(await rowsStored(list.id)).to.equal(null);
    const visitor = site.visitor();
    await visitor.signIn(actor.userName);
    const page = await visitor.get(`/certificate-imports/${list.id}`);
    expect(page.text).to.include('缺少来源说明').and.not.include('钱多多');
  });

  it('of a list nobody decided go with its period; it is then returned, not approved', async () => {
    const list = await aList();
    const who = { accountId: 'system', name: 'system' };
    world.at('2023-04-20');
    const apply = async () =>
      (await applyRetention(world.deps, { who, only: ['certificateRows'] }))[0]!.count;
    expect(await apply(), 'within the period').to.equal(0);
    world.at('2023-04-22');
    expect(await apply()).to.equal(1);
    expect(await rowsStored(list.id)).to.equal(null);
    expect(await apply(), 'done is done').to.equal(0);
    const actor = await anActor(world.deps, 'bureauReviewer');
    const command = { actor, importId: list.id, reason: '等候过久，请重新提交' };
    expect((await refusalOf(approveRecordedCertificates(world.deps, command))).code).to.equal(
      'certificateImports.rowsRemoved',
    );
    const visitor = site.visitor();
    await visitor.signIn(actor.userName);
    const from = `/certificate-imports/${list.id}`;
    expect((await visitor.post(`${from}/approval`, {}, { from })).text).to.include('退回后重新提交');
    expect((await returnRecordedCertificates(world.deps, command)).status).to.equal('returned');
  });
});
