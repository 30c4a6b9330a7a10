import { expect } from 'chai';
import { administratorRoles, type Role } from '../../../src/domain/accounts/actor.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/users/user-pages', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld();
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  const signedIn = async (role: Role) => {
    const visitor = site.visitor();
    await visitor.signIn((await anActor(world.deps, role)).userName);
    return visitor;
  };
  const send = async (visitor: Awaited<ReturnType<typeof signedIn>>, role: string, userName: string) =>
    visitor.post('/users', { userName, displayName: '新人', role }, { from: '/users/new' });

  it('opens an account of a bureau role, and shows its first password once', async () => {
    const admin = await signedIn('systemAdministrator');
    expect((await send(admin, 'bureauReviewer', 'new-reviewer')).status).to.equal(303);
    expect((await admin.get('/users')).text)
      .to.match(/初始密码/)
      .and.to.include('人社局复核人');
    expect((await admin.get('/users')).text).to.not.match(/初始密码/);
  });

  it('opens no administrator: neither offered nor accepted', async () => {
    const admin = await signedIn('systemAdministrator');
    const form = (await admin.get('/users/new')).text;
    for (const role of administratorRoles) {
      expect(form).to.not.include(`value="${role}"`);
      const answer = await send(admin, role, `second-${role}`);
      expect(answer.status).to.equal(422);
      expect(answer.text).to.include('管理员账号在服务器上用命令开设');
      expect(
        await world.deps.accounts.findOne(district, { foldedUserName: `second-${role}`.toLowerCase() }),
      ).to.equal(null);
    }
  });

  it('shows a security administrator the accounts without a way to open one, and an auditor neither', async () => {
    const security = await signedIn('securityAdministrator');
    const list = await security.get('/users');
    expect(list.status).to.equal(200);
    expect(list.text).to.not.include('href="/users/new"');
    expect((await security.get('/users/new')).status).to.equal(403);
    const auditor = await signedIn('auditor');
    expect((await auditor.get('/users')).status).to.equal(403);
    expect((await auditor.get('/home')).status).to.equal(200);
  });
});
