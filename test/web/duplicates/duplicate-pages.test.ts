import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { anActor } from '../../support/builders.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { merge, register, twins, type Twins } from '../../support/duplicates.ts';
import { aSession } from '../../support/rosters.ts';
import { enrol } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/duplicates/duplicate-pages', function () {
  this.timeout(60_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let officer: Visitor;
  before(async () => {
    world = await openWorld('2021-05-01');
    site = await openSite(world.deps);
    officer = site.visitor();
    await officer.signIn((await anActor(world.deps, 'bureauOfficer')).userName);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  afterEach(() => world.at('2021-05-01'));

  const inEnglish = async (visitor: Visitor) => {
    await visitor.post('/display-settings', { lang: 'en' }, { from: '/people' });
  };
  const inChinese = async (visitor: Visitor) => {
    await visitor.post('/display-settings', { lang: 'zh' }, { from: '/people' });
  };
  const learnerNumbers = async ({ ids }: Twins) => {
    const people = await Promise.all(ids.map((id) => world.deps.people.record(id)));
    return people.map((one) => one.learnerNumber) as [string, string];
  };
  const versions = async ({ duplicateId }: Twins) => {
    const { personIds } = await world.deps.duplicates.get(district, duplicateId);
    const people = await Promise.all(personIds.map((id) => world.deps.people.record(id)));
    return { versionOne: String(people[0]!.version), versionTwo: String(people[1]!.version) };
  };

  it('lists pairs and sets them side by side, numbers masked, in both languages', async () => {
    const pair = await twins(world.deps, [{ education: 'bachelor' }]);
    const [one, other] = await learnerNumbers(pair);
    expect((await officer.get('/people')).text).to.include('href="/duplicates"');
    const path = `/duplicates/${pair.duplicateId}`;
    const look = async (words: readonly string[]) => {
      const list = await officer.get('/duplicates');
      expect(list.text).to.include(path).and.to.include(one).and.to.include(other);
      const page = await officer.get(path);
      expect(page.status).to.equal(200);
      for (const word of words) expect(list.text + page.text).to.include(word);
      for (const { documentNumber, mobile } of pair.facts)
        for (const text of [list.text, page.text])
          expect(text).not.to.include(documentNumber).and.not.to.include(mobile!);
    };
    await look(['疑似重复人员', '姓名、出生日期、手机号相同', '保留哪条记录', '护照', '合并两条记录']);
    await inEnglish(officer);
    await look(['Possible duplicates', 'Same name, birth day and mobile', 'Which record stays', 'Passport']);
    await inChinese(officer);
  });

  it('merges by the choices made, leads from the merged record to the kept one, tells both, and takes it back', async () => {
    const { deps } = world;
    const pair = await twins(deps, [{ education: 'bachelor' }]);
    const { session, staff } = await aSession(deps);
    const enrolment = await enrol(
      deps,
      staff,
      session.id,
      {
        name: '周明',
        documentType: '护照',
        documentNumber: pair.facts[1].documentNumber,
        birthDay: pair.facts[1].birthDay!,
        gender: '男',
      },
      '日期不同',
    );
    const from = `/duplicates/${pair.duplicateId}`;
    const fields = { keptId: pair.ids[0], document: pair.ids[1], reason: '', ...(await versions(pair)) };
    const silent = await officer.post(`${from}/merge`, fields, { from });
    expect(silent.status).to.equal(422);
    const short = await officer.post(`${from}/merge`, { ...fields, reason: '重复' }, { from });
    expect(short.status).to.equal(422);
    expect(short.text)
      .to.include('至少五个字')
      .and.to.match(new RegExp(`value="${pair.ids[1]}" checked`));
    const done = await officer.post(`${from}/merge`, { ...fields, reason: '核对两证为同一人' }, { from });
    expect(done.location).to.match(/^\/person-merges\/\w+$/);
    const record = await officer.get(done.location!);
    expect(record.text).to.include('核对两证为同一人').and.to.include('参训 1').and.to.include('证件');
    const kept = await deps.people.get(district, pair.ids[0]);
    expect(kept).to.include({ documentType: 'passport', education: 'bachelor' });
    expect((await deps.enrolments.get(district, enrolment.id)).personId).to.equal(pair.ids[0]);

    const [one, other] = await learnerNumbers(pair);
    expect((await officer.get(from)).location).to.equal(done.location);
    expect((await officer.get(`/people/${pair.ids[1]}`)).location).to.equal(`/people/${pair.ids[0]}`);
    const person = await officer.get(`/people/${pair.ids[0]}`);
    expect(person.text).to.include(`这条记录已并入 ${one}`).and.to.include(`与 ${other} 合并，保留本记录`);
    for (const page of ['name', 'reveals'])
      expect((await officer.get(`/people/${pair.ids[1]}/${page}/new`)).status).to.equal(404);
    const search = await officer.post('/searches', { text: other }, { from: '/people' });
    expect(search.location).to.equal(`/people/${pair.ids[0]}`);
    const centre = site.visitor();
    await centre.signIn(staff.userName);
    expect((await centre.get(`/people/${pair.ids[1]}`)).location).to.equal(`/people/${pair.ids[0]}`);
    const stranger = site.visitor();
    await stranger.signIn((await aSession(deps)).staff.userName);
    expect((await stranger.get(`/people/${pair.ids[1]}`)).status).to.equal(404);

    await inEnglish(officer);
    const inWords = await officer.get(done.location!);
    expect(inWords.text).to.include('Take the merge back').and.to.include('1 enrolment');
    await inChinese(officer);
    const undone = await officer.post(
      `${done.location!}/reversal`,
      { reason: '核实为两个人' },
      { from: done.location! },
    );
    expect(undone.location).to.equal(done.location);
    expect((await officer.get(done.location!)).text)
      .to.include('核实为两个人')
      .and.not.to.include('/reversal"');
    for (const [id, text] of [
      [pair.ids[0], `与 ${other} 的合并已撤回`],
      [pair.ids[1], `并入 ${one}`],
    ] as const)
      expect((await officer.get(`/people/${id}`)).text)
        .to.include(text)
        .and.to.include('核实为两个人');
  });

  it('says why two cannot be merged instead of offering it, and refuses the form as well', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    const from = `/duplicates/${pair.duplicateId}`;
    const opened = { keptId: pair.ids[0], reason: '核对两证为同一人' };
    const { session, staff } = await aSession(deps, { name: '焊工一班' });
    for (const index of [0, 1] as const)
      await enrol(deps, staff, session.id, {
        name: '周明',
        documentType: index === 0 ? '居民身份证' : '护照',
        documentNumber: pair.facts[index].documentNumber,
        birthDay: pair.facts[index].birthDay!,
        gender: '男',
      });
    const page = await officer.get(from);
    expect(page.text).to.include('都在“焊工一班”的花名册上').and.not.to.include(`${from}/merge`);
    const refused = await officer.post(`${from}/merge`, { ...opened, ...(await versions(pair)) }, { from });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('焊工一班');
    const stale = await officer.post(
      `${from}/merge`,
      { ...opened, versionOne: '0', versionTwo: '0' },
      { from },
    );
    expect(stale.status).to.equal(409);
    const dismissed = await officer.post(`${from}/dismissal`, { reason: '同名的两兄弟' }, { from });
    expect(dismissed.location).to.equal('/duplicates');
    expect((await officer.get('/duplicates')).text).not.to.include(from);
    expect((await officer.get(from)).text)
      .to.include('同名的两兄弟')
      .and.not.to.include(`${from}/dismissal`);
  });

  it('compares two records by learner number, and offers no reversal after thirty days', async () => {
    const { deps } = world;
    const ids = [await register(deps), await register(deps)] as const;
    const [one, other] = await Promise.all(ids.map((id) => deps.people.record(id)));
    const post = (fields: Record<string, string>) =>
      officer.post('/duplicates', fields, { from: '/duplicates' });
    const nobody = await post({ one: one!.learnerNumber, other: 'L99999999' });
    expect(nobody.status).to.equal(422);
    expect(nobody.text).to.include('没有这个学员编号').and.to.include(one!.learnerNumber);
    const paired = await post({ one: one!.learnerNumber, other: other!.learnerNumber });
    expect(paired.location).to.match(/^\/duplicates\//);
    const actor = await anActor(deps, 'bureauOfficer');
    const done = await merge(deps, actor, { ids, duplicateId: paired.location!.split('/').at(-1)! });
    const path = `/person-merges/${done.id}`;
    expect((await officer.get(path)).text).to.include(`${path}/reversal`);
    world.at('2021-06-05');
    await officer.signIn((await anActor(deps, 'bureauOfficer')).userName);
    expect((await officer.get(path)).text).not.to.include(`${path}/reversal`);
  });
});
