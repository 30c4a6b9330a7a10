import { expect } from 'chai';
import { anActor } from '../../support/builders.ts';
import { openSite } from '../../support/browse.ts';
import { anIdNumber, aSession } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';
import { enrolTrainee } from '../../../src/use-cases/training/enrol-trainee.ts';

describe('web/people/people-pages', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-05-01');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  async function enrolled(name: string) {
    const made = await aSession(world.deps);
    const documentNumber = anIdNumber();
    const enrolment = await enrolTrainee(world.deps, {
      actor: made.staff,
      sessionId: made.session.id,
      cells: {
        name,
        documentNumber,
        mobile: '19900001234',
        keyGroups: '退役军人',
        employer: '示例制造有限公司',
      },
    });
    const visitor = site.visitor();
    await visitor.signIn(made.staff.userName);
    return { ...made, enrolment, documentNumber, visitor };
  }

  it('finds people by the beginning of a name, a learner number and a whole document number, none of it in an address', async () => {
    const { visitor, documentNumber, enrolment } = await enrolled('欧阳小明');
    const search = (text: string) => visitor.post('/searches', { text }, { from: '/people' });
    const byName = await search('欧阳');
    expect(byName.location).to.match(/^\/people\?search=\w+$/);
    const list = await visitor.get(byName.location!);
    expect(list.text).to.contain('欧阳小明').and.to.contain('“欧阳”的查询结果');
    expect(list.text).not.to.contain(documentNumber);
    expect((await visitor.get((await search('ouyang')).location!)).text).to.contain('没有符合的人员');
    expect((await visitor.get((await search('ou yang')).location!)).text).to.contain('欧阳小明');
    const byNumber = await search(documentNumber.toLowerCase());
    expect(byNumber.location).to.equal(`/people/${enrolment.personId}`);
    const person = await visitor.get(byNumber.location!);
    const [learnerNumber] = /L\d{8}/.exec(person.text)!;
    expect((await visitor.get((await search(learnerNumber)).location!)).text).to.contain('欧阳小明');
    const stranger = await enrolled('李四');
    const theirs = await stranger.visitor.post('/searches', { text: documentNumber }, { from: '/people' });
    expect((await stranger.visitor.get(theirs.location!)).text).to.contain('没有符合的人员');
    expect((await stranger.visitor.get(byName.location!)).text).not.to.contain('欧阳');
    const regex = await search('.*');
    expect((await visitor.get(regex.location!)).text).to.contain('没有符合的人员');
    expect((await search('')).status).to.equal(422);
  });

  it('shows a person masked, without the birth day, with courses and a timeline, in both languages', async () => {
    const { visitor, enrolment, documentNumber } = await enrolled('王五');
    const page = await visitor.get(`/people/${enrolment.personId}`);
    expect(page.text).to.contain(`${documentNumber.slice(0, 6)}********${documentNumber.slice(14)}`);
    expect(page.text).to.contain('199****1234').and.to.contain('退役军人（2021年5月1日起）');
    expect(page.text).to.contain('加入电工四级一班').and.to.contain('登记为学员');
    for (const secret of [documentNumber, '19900001234', '1990-01-01', '1990年'])
      expect(page.text, secret).not.to.contain(secret);
    await visitor.post('/display-settings', { lang: 'en', back: '/people' }, { from: '/people' });
    const english = await visitor.get(`/people/${enrolment.personId}`);
    expect(english.text).to.contain('Registered as a learner').and.to.contain('Veteran (since 1 May 2021)');
  });

  it('withdraws, refuses a stale form with both sides shown, and undoes it', async () => {
    const { visitor, enrolment } = await enrolled('赵六');
    const page = `/enrolments/${enrolment.id}`;
    const fresh = await visitor.get(page);
    expect(fresh.text).to.contain('办理 赵六 退班').and.to.contain('示例制造有限公司');
    const wrong = await visitor.post(
      `${page}/withdrawal`,
      { version: '0', on: '昨天', reason: 'other' },
      { from: page },
    );
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.contain('要写成日期').and.to.contain('value="other" checked');
    const gone = await visitor.post(
      `${page}/withdrawal`,
      { version: '0', on: '2021-5-1', reason: 'found_work', note: '' },
      { from: page },
    );
    expect(gone.status).to.equal(303);
    expect((await visitor.get(page)).text)
      .to.contain('撤销退班')
      .and.to.contain('已就业');
    const stale = await visitor.post(
      `${page}/withdrawal`,
      { version: '0', on: '2021-04-30', reason: 'illness', note: '住院' },
      { from: page },
    );
    expect(stale.status).to.equal(409);
    expect(stale.text).to.contain('现在的状态：已退班').and.to.contain('2021-04-30').and.to.contain('住院');
    const back = await visitor.post(
      `${page}/reinstatement`,
      { version: '1', reason: '登记错了人' },
      { from: page },
    );
    expect(back.status).to.equal(303);
    const person = await visitor.get(`/people/${enrolment.personId}`);
    expect(person.text).to.contain('恢复在电工四级一班的学籍').and.to.contain('退出电工四级一班');
  });

  it('is closed to other centres, desks and readers, and open to the bureau', async () => {
    const { enrolment, visitor } = await enrolled('孙七');
    const other = await enrolled('周八');
    for (const path of [`/people/${enrolment.personId}`, `/enrolments/${enrolment.id}`])
      expect((await other.visitor.get(path)).status, path).to.equal(404);
    const reader = site.visitor();
    await reader.signIn((await anActor(world.deps, 'bureauReader')).userName);
    expect((await reader.get('/people')).status).to.equal(403);
    const officer = site.visitor();
    await officer.signIn((await anActor(world.deps, 'bureauOfficer')).userName);
    expect((await officer.get(`/people/${enrolment.personId}`)).status).to.equal(200);
    const page = await officer.get(`/enrolments/${enrolment.id}`);
    expect(page.text).not.to.contain('办理 孙七 退班');
    expect((await visitor.get('/people/unknown')).status).to.equal(404);
  });
});
