// An enterprise drafts a programme: what is refused says where, and its home shows what waits.
import { expect } from 'chai';
import { draftProgramme } from '../../../src/use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import { returnProgramme, submitProgramme } from '../../../src/use-cases/apprenticeships/move-programme.ts';
import { aProgramme, anApprentice } from '../../support/apprenticeships.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anIdNumber } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('web/apprenticeships/drafting', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let staff: Awaited<ReturnType<typeof anActor>>;
  let visitor: Visitor;
  let enterpriseId: string;
  before(async () => {
    world = await openWorld('2021-04-01');
    site = await openSite(world.deps);
    enterpriseId = (await anOrganisation(world.deps, { capacities: ['enterprise'] })).id;
    staff = await anActor(world.deps, 'enterpriseStaff', { organisationId: enterpriseId });
    visitor = site.visitor();
    await visitor.signIn(staff.userName);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  const draft = () => draftProgramme(world.deps, { actor: staff, enterpriseId, facts: aProgramme() });

  it('asks to choose a level where none is chosen', async () => {
    const refused = await visitor.post('/apprenticeships', {}, { from: '/apprenticeships/new' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('href="#f-targetLevel">选择培养等级。');
  });

  it('names the line of each apprentice it cannot take, before and after looking at records', async () => {
    const { id } = await draft();
    const page = `/apprenticeships/${id}`;
    const good = anIdNumber();
    const send = (...lines: string[]) =>
      visitor.post(`${page}/apprentices`, { list: lines.join('\n') }, { from: page });
    const wrong = await send(`徐甲,${good}`, '徐乙,320599200404040000');
    expect(wrong.status).to.equal(422);
    expect(textOf(wrong.text)).to.include('第 2 行：').and.not.include('第 1 行：');
    const twice = await send(`徐甲,${good}`, '', `徐甲,${good}`);
    expect(twice.status).to.equal(422);
    expect(textOf(twice.text)).to.match(/第 3 行/);
  });

  it('shows on the home page what was returned, what is still a draft, and all of them', async () => {
    const { id } = await draft();
    const rows = [anApprentice('学徒一')];
    await enrolApprentices(world.deps, { actor: staff, programmeId: id, enrolledOn: '2021-04-01', rows });
    await submitProgramme(world.deps, { actor: staff, programmeId: id });
    const officer = await anActor(world.deps, 'bureauOfficer');
    await returnProgramme(world.deps, { actor: officer, programmeId: id, reason: '补充协议' });
    const home = (await visitor.get('/home')).text.replaceAll('&#x3D;', '=');
    for (const [text, href, count] of [
      ['1 个学徒制计划被退回', '/apprenticeships?status=returned', 1],
      ['1 个学徒制计划草稿未提交', '/apprenticeships?status=draft', 1],
      ['2 个学徒制计划', '/apprenticeships', 2],
    ] as const) {
      expect(textOf(home)).to.include(text);
      expect(home).to.include(`href="${href}"`);
      const list = await visitor.get(href);
      expect(list.text.match(/<tr>?/g)!.length - 1, href).to.equal(count);
    }
  });
});
