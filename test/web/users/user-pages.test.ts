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

  const linkIn = (text: string) => /skillroll\.test(\/account-links\/[\w-]+)/.exec(text)![1]!;
  const password = 'nine green bottles';

  it('opens an account by a link that is shown once and works once, and asks the new person for a code', async () => {
    const admin = await signedIn('systemAdministrator');
    const made = await send(admin, 'bureauReviewer', 'new-reviewer');
    expect(made.status).to.equal(200);
    const link = linkIn(made.text);
    const person = site.visitor();
    expect((await person.signIn('new-reviewer', password)).status).to.equal(422);
    for (const [wrong, sentence] of [
      [{ password: 'short', passwordAgain: 'short' }, '至少 12 个字符'],
      [{ password: 'qwerty123456', passwordAgain: 'qwerty123456' }, '太常见'],
      [{ password: 'abcabcabcabcabc', passwordAgain: 'abcabcabcabcabc' }, '重复或连续'],
      [{ password: 'new-reviewer-1', passwordAgain: 'new-reviewer-1' }, '账号或姓名'],
      [{ password, passwordAgain: `${password}.` }, '两次输入的密码不一致'],
    ] as const) {
      const answer = await person.post(link, wrong);
      expect(answer.status).to.equal(422);
      expect(answer.text).to.include(sentence).and.to.not.include(wrong.password);
    }
    expect((await person.post(link, { password, passwordAgain: password })).location).to.equal(
      '/session/new',
    );
    expect((await person.get(link)).status).to.equal(404);
    expect((await person.post(link, { password, passwordAgain: password })).status).to.equal(404);
    const first = await person.post(
      '/session',
      { userName: 'new-reviewer', password },
      { from: '/session/new' },
    );
    expect(first.location).to.equal('/session/code-set-up');
  });

  it('does what another button of the same page says, although one was pressed before', async () => {
    const { deps } = world;
    const admin = await signedIn('securityAdministrator');
    const { accountId } = await anActor(deps, 'bureauReader');
    const page = await admin.get(`/users/${accountId}`);
    const [token, key] = ['_csrf', '_key'].map(
      (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)![1]!,
    ) as [string, string];
    expect((await admin.post(`/users/${accountId}/unlock`, {}, { token, key })).status).to.equal(303);
    await admin.post(`/users/${accountId}/code-removal`, { reason: '手机丢了，重新绑定' }, { token, key });
    await admin.post(`/users/${accountId}/unlock`, {}, { token, key });
    const events = await deps.events.about('account', accountId);
    expect(events.map((event) => event.what)).to.deep.equal([
      'account.created',
      'account.unlocked',
      'account.codeRemoved',
    ]);
  });

  it('ends a link after a day, and an older one when a new one is made', async () => {
    const admin = await signedIn('systemAdministrator');
    const { accountId } = await anActor(world.deps, 'bureauReader');
    const make = async () =>
      linkIn((await admin.post(`/users/${accountId}/link`, {}, { from: `/users/${accountId}` })).text);
    const [older, newer] = [await make(), await make()];
    const person = site.visitor();
    expect((await person.get(older)).status).to.equal(404);
    expect((await person.get(newer)).status).to.equal(200);
    world.at('2021-03-02T12:00:01+08:00');
    expect((await person.get(newer)).status).to.equal(404);
    world.at('2021-03-01');
  });

  it('lets the security administrator change a role with a reason, which ends the sign-ins of the account', async () => {
    const security = await signedIn('securityAdministrator');
    const actor = await anActor(world.deps, 'bureauReader');
    const person = site.visitor();
    await person.signIn(actor.userName);
    const page = `/users/${actor.accountId}`;
    const change = (fields: Record<string, string>) => security.post(`${page}/role`, fields, { from: page });
    expect((await change({ role: 'bureauReviewer', reason: '换岗' })).text).to.include('至少 5 个字');
    expect((await change({ role: 'centreStaff', reason: '调到培训学校' })).text).to.include('选择所属机构');
    expect((await change({ role: 'auditor', reason: '想当审计员' })).text).to.include(
      '管理员账号在服务器上用命令开设',
    );
    expect((await person.get('/home')).status).to.equal(200);
    expect((await change({ role: 'bureauReviewer', reason: '换岗到复核' })).status).to.equal(303);
    expect((await person.get('/home')).location).to.match(/^\/session\/new/);
    expect((await world.deps.accounts.get(district, actor.accountId)).role).to.equal('bureauReviewer');
    const [changed] = (await world.deps.events.about('account', actor.accountId)).filter(
      ({ what }) => what === 'account.roleChanged',
    );
    expect(changed).to.deep.include({ reason: '换岗到复核' });
    expect(changed!.before).to.include({ role: 'bureauReader' });
  });

  it('closes and reopens an account with a reason; a closed one is signed out and cannot sign in', async () => {
    const admin = await signedIn('systemAdministrator');
    const actor = await anActor(world.deps, 'bureauReader');
    const person = site.visitor();
    await person.signIn(actor.userName);
    const page = `/users/${actor.accountId}`;
    expect((await admin.post(`${page}/closure`, { reason: '离' }, { from: page })).status).to.equal(422);
    expect((await admin.post(`${page}/closure`, { reason: '已经离职了' }, { from: page })).status).to.equal(
      303,
    );
    expect((await person.get('/home')).status).to.equal(303);
    expect((await person.signIn(actor.userName)).text).to.include('账号或密码不对');
    expect((await admin.post(`${page}/link`, {}, { from: page })).text).to.include('已停用');
    expect((await admin.post(`${page}/reopening`, { reason: '又回来上班' }, { from: page })).status).to.equal(
      303,
    );
    expect((await person.signIn(actor.userName)).location).to.equal('/home');
  });

  it('does nothing to one’s own account, and gives neither administrator what is the other’s', async () => {
    const own = await anActor(world.deps, 'systemAdministrator');
    const admin = site.visitor();
    await admin.signIn(own.userName);
    const page = `/users/${own.accountId}`;
    expect((await admin.post(`${page}/closure`, { reason: '随便试试看' }, { from: page })).status).to.equal(
      403,
    );
    const other = `/users/${(await anActor(world.deps, 'bureauReader')).accountId}`;
    for (const act of ['role', 'code-removal', 'unlock'])
      expect(
        (await admin.post(`${other}/${act}`, { reason: '随便试试看' }, { from: other })).status,
      ).to.equal(403);
    const security = await signedIn('securityAdministrator');
    for (const act of ['closure', 'reopening', 'link'])
      expect(
        (await security.post(`${other}/${act}`, { reason: '随便试试看' }, { from: other })).status,
      ).to.equal(403);
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
