import { expect } from 'chai';
import { revokeCertificate } from '../../../src/use-cases/certifications/revoke-certificate.ts';
import { replaceCertificate } from '../../../src/use-cases/certifications/replace-certificate.ts';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/certificates/refused-form', function () {
  this.timeout(60_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-06-01');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  it('refuses to revoke or reissue a revoked certificate before anything is typed, and tags its print so', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const [certificate] = await certificatesFor(deps, evaluator, await peopleOf(deps, evaluator, ['钱一']));
    const { id: certificateId } = certificate!;
    const at = `/certificates/${certificateId}`;
    const reason = '核查发现登记有误';
    const officer = await anActor(deps, 'bureauOfficer');
    await replaceCertificate(deps, { actor: evaluator.staff, certificateId, reason });
    const [bureau, staff] = [site.visitor(), site.visitor()];
    await bureau.signIn(officer.userName);
    await staff.signIn(evaluator.staff.userName);
    const valid = (await bureau.get(at)).text;
    expect(valid).to.include(`${at}/revocation/new`);
    expect((await bureau.get(`${at}/revocation/new`)).text).to.include('name="reason"');

    const category = 'issued_in_error' as const;
    await revokeCertificate(deps, { actor: officer, certificateId, category, reason });
    for (const [visitor, path] of [
      [bureau, `${at}/revocation/new`],
      [staff, `${at}/replacement/new`],
    ] as const) {
      const refused = await visitor.get(path);
      expect(refused.status, path).to.equal(422);
      expect(refused.text).to.include('证书已撤销，不能再办理。').and.to.not.include('name="reason"');
      const sent = await visitor.post(path.replace('/new', ''), { category, reason }, { from: at });
      expect(sent.status, path).to.equal(422);
      expect(sent.text).to.include('证书已撤销，不能再办理。');
      const page = (await visitor.get(at)).text;
      expect(page).to.not.match(/(revocation|replacement)\/new/);
      const tags = [...page.matchAll(/class="tag[^>]*>.*?<\/svg>\s*([^<]+)</gs)].map((one) => one[1]!.trim());
      expect(tags, page).to.include('已补发').and.to.not.include('有效');
    }
  });
});
