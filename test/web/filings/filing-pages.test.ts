import { expect } from 'chai';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { aSession } from '../../support/rosters.ts';
import { anApprovedSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import { submitTrainingSession } from '../../../src/use-cases/training/move-training-session.ts';
import { requestSessionChange } from '../../../src/use-cases/training/request-session-change.ts';

describe('web/filings/filing-pages', () => {
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
  const bureau = async (role: 'bureauOfficer' | 'bureauReader' = 'bureauOfficer') => {
    const visitor = site.visitor();
    await visitor.signIn((await anActor(world.deps, role)).userName);
    return visitor;
  };
  const submitted = async () => {
    const made = await aSession(world.deps);
    const session = await submitTrainingSession(world.deps, {
      actor: made.staff,
      sessionId: made.session.id,
    });
    return { ...made, session, path: `/filings/${session.id}` };
  };
  const statusOf = async (id: string, scope: Parameters<typeof world.deps.trainingSessions.get>[0]) =>
    (await world.deps.trainingSessions.get(scope, id)).status;

  it('counts on the home page what its list shows, and files a session', async () => {
    const { session, staff, path } = await submitted();
    const visitor = await bureau();
    const count = await world.deps.trainingSessions.count({ kind: 'district' }, { status: 'submitted' });
    expect((await visitor.get('/home')).text.replace(/<[^>]+>/g, '')).to.match(
      new RegExp(`${count}\\s*个培训班等待备案`),
    );
    expect((await visitor.get('/filings')).text).to.include(path);
    const page = await visitor.get(path);
    expect(page.text).to.include('予以备案').and.to.include('要求至少');
    const filed = await visitor.post(
      `${path}/approval`,
      { version: String(session.version) },
      { from: path },
    );
    expect(filed.location).to.equal('/filings');
    expect(await statusOf(session.id, staff.scope)).to.equal('approved');
    const twice = await visitor.post(
      `${path}/approval`,
      { version: String(session.version) },
      { from: path },
    );
    expect(twice.status).to.be.oneOf([409, 422]);
  });

  it('returns with a reason the centre reads, and refuses for good', async () => {
    const one = await submitted();
    const visitor = await bureau();
    const silent = await visitor.post(
      `${one.path}/return`,
      { version: '1', reason: ' ' },
      { from: one.path },
    );
    expect(silent.status).to.equal(422);
    await visitor.post(`${one.path}/return`, { version: '1', reason: '补充教师资格' }, { from: one.path });
    const centre = site.visitor();
    await centre.signIn(one.staff.userName);
    expect((await centre.get(`/training-sessions/${one.session.id}`)).text).to.include('补充教师资格');
    const two = await submitted();
    await visitor.post(`${two.path}/refusal`, { version: '1', reason: '不在目录内' }, { from: two.path });
    expect(await statusOf(two.session.id, two.staff.scope)).to.equal('rejected');
  });

  it('decides a change, which then holds', async () => {
    const { session, staff } = await anApprovedSession(world, { people: 1 });
    const change = await requestSessionChange(world.deps, {
      actor: staff,
      sessionId: session.id,
      facts: { venue: '五号楼' },
      reason: '教室需要检修',
    });
    const visitor = await bureau();
    const path = `/filings/${change.id}`;
    expect((await visitor.get(path)).text)
      .to.include('302 教室 → 五号楼')
      .and.to.include('教室需要检修');
    expect(
      (await visitor.post(`${path}/refusal`, { version: '0', reason: '不可以' }, { from: path })).status,
    ).to.equal(404);
    await visitor.post(`${path}/approval`, { version: '0' }, { from: path });
    expect((await world.deps.trainingSessions.get(staff.scope, session.id)).venue).to.equal('五号楼');
  });

  it('is the bureau’s alone', async () => {
    const { path, staff } = await submitted();
    const centre = site.visitor();
    await centre.signIn(staff.userName);
    expect((await centre.get('/filings')).status).to.equal(403);
    expect((await centre.get(path)).status).to.equal(403);
    expect((await (await bureau('bureauReader')).get('/filings')).status).to.equal(403);
    expect((await (await bureau()).get('/filings/nothing')).status).to.equal(404);
  });
});
