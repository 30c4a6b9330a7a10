import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { draftProgramme } from '../../../src/use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import { fileProgramme, submitProgramme } from '../../../src/use-cases/apprenticeships/move-programme.ts';
import { aProgramme, anApprentice } from '../../support/apprenticeships.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('web/apprenticeships/withdraw', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let officer: Visitor;
  before(async () => {
    world = await openWorld('2021-04-01');
    site = await openSite(world.deps);
    officer = (await signedIn('bureauOfficer')).visitor;
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  async function signedIn(
    role: Parameters<typeof anActor>[1],
    own: Parameters<typeof anActor>[2] = {},
  ): Promise<{ visitor: Visitor; actor: Awaited<ReturnType<typeof anActor>> }> {
    const visitor = site.visitor();
    const actor = await anActor(world.deps, role, own);
    await visitor.signIn(actor.userName);
    return { visitor, actor };
  }

  /** A programme of two apprentices, and the officer who filed it. */
  async function aFiledProgramme() {
    const { deps } = world;
    const enterprise = await anOrganisation(deps, { capacities: ['enterprise'] });
    const staff = await signedIn('enterpriseStaff', { organisationId: enterprise.id });
    const { id } = await draftProgramme(deps, {
      actor: staff.actor,
      enterpriseId: enterprise.id,
      facts: aProgramme(),
    });
    await enrolApprentices(deps, {
      actor: staff.actor,
      programmeId: id,
      enrolledOn: '2021-04-01',
      rows: [anApprentice('学徒一'), anApprentice('学徒二')],
    });
    await submitProgramme(deps, { actor: staff.actor, programmeId: id });
    const filer = await signedIn('bureauOfficer');
    await fileProgramme(deps, { actor: filer.actor, programmeId: id });
    const page = `/apprenticeships/${id}`;
    return { id, page, form: `${page}/withdrawal/new`, act: `${page}/withdrawal`, filer, staff };
  }
  const versionOf = async (id: string) => String((await world.deps.programmes.get(district, id)).version);
  const statusOf = async (id: string) => (await world.deps.programmes.get(district, id)).status;

  it('says beforehand what changes, withdraws with a reason, and then it is so', async () => {
    const one = await aFiledProgramme();
    expect((await officer.get(one.page)).text).to.include(`href="${one.form}"`);
    const form = await officer.get(one.form);
    expect(textOf(form.text))
      .to.match(/2021 F15 备案企业 1 0 4月 −1/)
      .and.to.match(/2021 F15 首次备案企业 1 0/)
      .and.to.match(/2021 F16 新增学徒 2 0 4月 −2/)
      .and.include('其中 2 名在册学徒随之离开');
    const version = await versionOf(one.id);
    const done = await officer.post(one.act, { reason: '企业已停产', version }, { from: one.form });
    expect([done.status, done.location]).to.deep.equal([303, one.page]);
    const after = textOf((await officer.get(one.page)).text);
    expect(after).to.include('撤回原因 企业已停产').and.include('备案已撤回');
    const history = after.slice(after.indexOf('经过'));
    expect(history)
      .to.include('企业已停产')
      .and.match(/已撤回/)
      .and.not.include('已退班');
    expect(after, 'the tag and the history say one word').to.not.include('已取消');
    const year = textOf((await officer.get('/years/2021')).text);
    expect(year)
      .to.match(/F15 \S+ 0 家/)
      .and.to.match(/F16 \S+ 0 人/);
    const event = await world.deps.events.about('programme', one.id);
    expect(event.map(({ what, reason }) => [what, reason])).to.deep.include([
      'programme.withdrawn',
      '企业已停产',
    ]);
  });

  it('is withdrawn once: the page says why not again, and the form of before is refused', async () => {
    const one = await aFiledProgramme();
    const version = await versionOf(one.id);
    await officer.post(one.act, { reason: '企业已停产', version }, { from: one.form });
    const again = await officer.get(one.form);
    expect(again.text).to.include('只有已备案、尚未开始培养的计划可以撤回').and.not.include('name="reason"');
    expect((await officer.get(one.page)).text).to.not.include(one.form);
    const fields = { reason: '企业已停产', version: await versionOf(one.id) };
    const refused = await officer.post(one.act, fields, { from: '/home' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('只有已备案、尚未开始培养的计划可以撤回');
  });

  it('refuses a short reason and keeps it, and a form opened before somebody else changed the programme', async () => {
    const one = await aFiledProgramme();
    const version = await versionOf(one.id);
    const short = await officer.post(one.act, { reason: '停产', version }, { from: one.form });
    expect(short.status).to.equal(422);
    expect(short.text).to.match(/<textarea[^>]*>\s*停产</);
    const old = String(Number(version) - 1);
    const stale = await officer.post(one.act, { reason: '企业已停产', version: old }, { from: one.form });
    expect(stale.status).to.equal(409);
    expect(stale.text).to.include(`name="version" value="${version}"`).and.include('企业已停产');
    expect(await statusOf(one.id)).to.equal('filed');
  });

  it('leaves it to an officer without a part in it: not the one who filed, not the enterprise', async () => {
    const one = await aFiledProgramme();
    const { visitor } = one.filer;
    expect((await visitor.get(one.page)).text).to.not.include(one.form);
    const page = await visitor.get(one.form);
    expect(page.text).to.not.include('name="reason"');
    const fields = { reason: '企业已停产', version: await versionOf(one.id) };
    const own = await visitor.post(one.act, fields, { from: one.page });
    expect(own.status).to.equal(403);
    const enterprise = await one.staff.visitor.post(one.act, fields, { from: one.page });
    expect(enterprise.status).to.equal(403);
    expect(await statusOf(one.id)).to.equal('filed');
  });

  it('says it in English', async () => {
    const one = await aFiledProgramme();
    const { visitor } = await signedIn('bureauOfficer');
    await visitor.post('/display-settings', { lang: 'en' }, { from: '/home' });
    const page = textOf((await visitor.get(one.form)).text);
    expect(page)
      .to.match(/2021 F16 new apprentices \d+ \d+ Apr/)
      .and.include('Withdraw the filing');
  });
});
