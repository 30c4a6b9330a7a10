import { expect } from 'chai';
import { openSite } from '../../support/browse.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anIdNumber, aSession } from '../../support/rosters.ts';
import { anApprovedSession, enrol } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { submitTrainingSession } from '../../../src/use-cases/training/move-training-session.ts';
import { requestSessionChange } from '../../../src/use-cases/training/request-session-change.ts';

describe('web/filings/filing-decisions', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-04-20');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  const signedIn = async (userName: string) => {
    const visitor = site.visitor();
    await visitor.signIn(userName);
    return visitor;
  };
  const officer = async () => signedIn((await anActor(world.deps, 'bureauOfficer')).userName);
  const submitted = async (facts: Parameters<typeof aSession>[1] = {}) => {
    const made = await aSession(world.deps, facts);
    const session = await submitTrainingSession(world.deps, {
      actor: made.staff,
      sessionId: made.session.id,
    });
    return { ...made, session, path: `/filings/${session.id}`, version: String(session.version) };
  };
  const statusOf = async (id: string) =>
    (await world.deps.trainingSessions.get({ kind: 'district' }, id)).status;

  it('lets nobody decide what they entered themselves', async () => {
    const { centreId } = await aSession(world.deps);
    world.at('2021-09-01');
    const first = await anActor(world.deps, 'bureauOfficer');
    const visitor = await signedIn(first.userName);
    const entered = await visitor.post(
      '/training-sessions/past',
      {
        name: '电工四级旧班',
        kind: 'upskilling',
        occupationCode: '6-31-01-03',
        skillLevel: 'intermediate',
        fundingSource: 'upskilling_action',
        capacity: '40',
        theoryHours: '20',
        practiceHours: '40',
        startsOn: '2021-06-07',
        endsOn: '2021-07-02',
        venue: '201 教室',
        areaCode: '320507001',
        centreId,
        submittedOn: '2021-05-20',
      },
      { from: '/training-sessions/past/new' },
    );
    expect(entered.status).to.equal(303);
    const id = entered.location!.split('/').at(-1)!;
    const path = `/filings/${id}`;
    const page = await visitor.get(path);
    expect(page.text).to.include('须由另一人办理').and.not.to.include(`${path}/approval`);
    for (const tail of ['approval', 'return', 'refusal']) {
      const answer = await visitor.post(
        `${path}/${tail}`,
        { version: '0', reason: '核对无误' },
        { from: path },
      );
      expect(answer.status, tail).to.equal(403);
    }
    expect(await statusOf(id)).to.equal('submitted');
    const second = await officer();
    const filed = await second.post(`${path}/approval`, { version: '0', on: '2021-05-28' }, { from: path });
    expect(filed.status).to.equal(303);
    expect(await statusOf(id)).to.equal('approved');
    world.at('2021-04-20');
  });

  it('answers a decision from an outdated page with 409 and changes nothing', async () => {
    const { session, path } = await submitted();
    const visitor = await officer();
    for (const tail of ['approval', 'return', 'refusal'])
      expect(
        (await visitor.post(`${path}/${tail}`, { version: '0', reason: '补充材料' }, { from: path })).status,
        tail,
      ).to.equal(409);
    expect(await statusOf(session.id)).to.equal('submitted');
  });

  it('wants a reason in words, and keeps what was typed', async () => {
    const { session, path, version } = await submitted();
    const visitor = await officer();
    for (const tail of ['return', 'refusal']) {
      const silent = await visitor.post(`${path}/${tail}`, { version, reason: '无' }, { from: path });
      expect(silent.status).to.equal(422);
      expect(silent.text)
        .to.include('填写原因')
        .and.to.match(/>\s*无<\/textarea>/);
    }
    expect(await statusOf(session.id)).to.equal('submitted');
  });

  it('shows warnings of the roster with the reasons they were accepted for', async () => {
    const made = await aSession(world.deps);
    await enrol(
      world.deps,
      made.staff,
      made.session.id,
      { documentNumber: anIdNumber('1955-01-01') },
      '返聘人员',
    );
    await submitTrainingSession(world.deps, { actor: made.staff, sessionId: made.session.id });
    const page = await (await officer()).get(`/filings/${made.session.id}`);
    expect(page.text).to.include('1 人开班时已到退休年龄').and.to.include('机构说明：返聘人员');
  });

  it('wants a reason for an evaluator that is not filed for the session (C17)', async () => {
    const evaluator = await anOrganisation(world.deps, { capacities: ['evaluator'], filings: [] });
    const { session, path, version } = await submitted({ evaluatorId: evaluator.id });
    const visitor = await officer();
    expect((await visitor.get(path)).text)
      .to.include('不能由其发证')
      .and.to.include('name="warningReason"');
    const silent = await visitor.post(`${path}/approval`, { version }, { from: path });
    expect(silent.status).to.equal(422);
    expect(silent.text).to.include('href="#f-warningReason"');
    expect(await statusOf(session.id)).to.equal('submitted');
    const filed = await visitor.post(
      `${path}/approval`,
      { version, warningReason: '备案正在办理' },
      { from: path },
    );
    expect(filed.status).to.equal(303);
    expect((await visitor.get(`/training-sessions/${session.id}`)).text).to.include('备案正在办理');
  });

  it('names a filing of the centre that ended meanwhile, and does not file (C16)', async () => {
    const { session, path, version, centreId } = await submitted();
    await world.deps.organisations.model.updateOne(
      { _id: centreId },
      { $set: { 'filings.0.validTo': '2021-05-01' } },
    );
    const visitor = await officer();
    expect((await visitor.get(path)).text).to.include('机构电工备案已于2021年5月1日到期');
    const answer = await visitor.post(`${path}/approval`, { version }, { from: path });
    expect(answer.status).to.equal(422);
    expect(await statusOf(session.id)).to.equal('submitted');
  });

  it('moves planned lessons along with an approved postponement, and returns another with a reason', async () => {
    const { session, staff, lessons } = await anApprovedSession(world);
    const change = await requestSessionChange(world.deps, {
      actor: staff,
      sessionId: session.id,
      facts: { startsOn: '2021-05-13', endsOn: '2021-06-17' },
      moveLessons: true,
      reason: '场地需要检修',
    });
    const visitor = await officer();
    const path = `/filings/${change.id}`;
    expect((await visitor.get(path)).text)
      .to.include('批准变更')
      .and.to.include('可以变更');
    expect((await visitor.post(`${path}/approval`, { version: '0' }, { from: path })).status).to.equal(303);
    const moved = await world.deps.lessons.ofSession(staff.scope, session.id);
    expect(moved[0]!.day).to.equal('2021-05-13');
    expect(moved).to.have.length(lessons.length);
    const next = await requestSessionChange(world.deps, {
      actor: staff,
      sessionId: session.id,
      facts: { capacity: 50 },
      reason: '报名人数增加',
    });
    const nextPath = `/filings/${next.id}`;
    const silent = await visitor.post(`${nextPath}/return`, { version: '0', reason: '' }, { from: nextPath });
    expect(silent.status).to.equal(422);
    await visitor.post(`${nextPath}/return`, { version: '0', reason: '教室容不下' }, { from: nextPath });
    const centre = await signedIn(staff.userName);
    expect((await centre.get(`/training-sessions/${session.id}`)).text).to.include('教室容不下');
    expect((await world.deps.trainingSessions.get(staff.scope, session.id)).capacity).to.equal(45);
  });

  it('speaks English', async () => {
    const { path } = await submitted();
    const visitor = await officer();
    await visitor.post('/display-settings', { lang: 'en', to: '/home' }, { from: '/home' });
    expect((await visitor.get('/filings')).text).to.include('Filings');
    expect((await visitor.get(path)).text)
      .to.include('File it')
      .and.to.include('practice share met')
      .and.to.include('Nobody is on it yet');
  });
});
