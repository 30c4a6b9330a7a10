import { expect } from 'chai';
import { applyRetention } from '../../../src/use-cases/retention/apply-retention.ts';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anApprovedSession, type RunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/retention/retention-pages', function () {
  this.timeout(60_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let approved: RunningSession;
  before(async () => {
    world = await openWorld('2021-04-20');
    site = await openSite(world.deps);
    approved = await anApprovedSession(world, { people: 1 });
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  const signedIn = async (role: 'bureauOfficer' | 'auditor') => {
    const visitor = site.visitor();
    await visitor.signIn((await anActor(world.deps, role)).userName);
    return visitor;
  };

  it('states the periods in force, in both languages, to bureau and auditor', async () => {
    const officer = await signedIn('bureauOfficer');
    const page = await officer.get('/retention');
    expect(page.text).to.include('最后使用后 36 个月').and.include('证书事实').and.include('长期');
    expect((await officer.get('/registers')).text).to.include('href="/retention"');
    await officer.post('/display-settings', { lang: 'en' }, { from: '/retention' });
    const auditor = await signedIn('auditor');
    expect((await auditor.get('/retention')).status).to.equal(200);
    expect((await auditor.get('/reveals')).text).to.include('href="/retention"');
  });

  it('holds a person and a session with a reason, once, and lets go with another', async () => {
    const officer = await signedIn('bureauOfficer');
    const { personId } = approved.enrolments[0]!;
    const from = `/people/${personId}/holds/new`;
    expect((await officer.get(`/people/${personId}`)).text).to.include(`href="${from}"`);
    const hold = (reason: string) => officer.post(`/people/${personId}/holds`, { reason }, { from });
    expect((await hold('信访')).status).to.equal(422);
    expect(await world.deps.legalHolds.standing()).to.deep.equal([]);
    expect((await hold('信访件未办结')).location).to.equal('/retention');
    const again = await officer.post(
      `/people/${personId}/holds`,
      { reason: '再留存一次' },
      { from: '/retention' },
    );
    expect(again.text).to.include('已留存：信访件未办结');
    const session = `/training-sessions/${approved.session.id}/holds`;
    expect((await officer.get(`/training-sessions/${approved.session.id}`)).text).to.include(
      `href="${session}/new"`,
    );
    await officer.post(session, { reason: '审计抽查在办' }, { from: `${session}/new` });
    const auditor = await signedIn('auditor');
    const seen = await auditor.get('/retention');
    expect(seen.text).to.include('信访件未办结').and.include(approved.session.number);
    expect(seen.text, 'the auditor lifts nothing').to.not.include('action="/retention/holds"');
    const person = await world.deps.people.get({ kind: 'district' }, personId);
    expect(seen.text, 'nor sees a name').to.not.include(person.name);
    for (const one of await world.deps.legalHolds.standing()) {
      const lift = { hold: one.id, reason: '已经办结归档' };
      expect((await officer.post('/retention/holds', lift, { from: '/retention' })).location).to.equal(
        '/retention',
      );
      const repeated = await officer.post('/retention/holds', lift, { from: '/registers' });
      expect(repeated.status).to.be.oneOf([409, 422]);
    }
    expect((await officer.get('/retention')).text).to.include('已经办结归档');
  });

  it('lists certificates of destruction', async () => {
    const { deps } = world;
    await deps.transaction(() => deps.peopleSearches.keep('somebody', '王', world.now()));
    world.at('2021-04-23');
    await applyRetention(deps, { who: { accountId: 'system', name: 'system' } });
    const officer = await signedIn('bureauOfficer');
    expect((await officer.get('/retention')).text)
      .to.include('人员查询内容')
      .and.match(/销毁证明[\s\S]*删除[\s\S]*2021-04-22|2021年4月22日/);
  });
});
