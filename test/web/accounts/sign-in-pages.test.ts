import { expect } from 'chai';
import { codeOfStep, fromBase32, stepOf } from '../../../src/domain/accounts/one-time-code.ts';
import { createPasswords } from '../../../src/persistence/passwords.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor, anOrganisation, testPassword, testSecret } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';
import { closeUnusedAccounts } from '../../../src/use-cases/accounts/close-unused-accounts.ts';

describe('web/accounts/sign-in-pages', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-03-01', { signInsAtOnce: 2, unusedDays: 90, trustProxy: 1 });
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  beforeEach(() => world.at('2021-03-01'));

  const centreStaff = async () => {
    const { id } = await anOrganisation(world.deps);
    return anActor(world.deps, 'centreStaff', { organisationId: id });
  };
  const code = (offset = 0) => codeOfStep(world.deps.hmacSha1, testSecret, stepOf(world.now()) + offset);
  const password = (visitor: Visitor, userName: string, next = '') =>
    visitor.post('/session', { userName, password: testPassword, next }, { from: '/session/new' });
  const whats = async (accountId: string) =>
    (await world.deps.events.about('account', accountId)).map(({ what }) => what);
  const openSessions = async (accountId: string) =>
    (await world.deps.signInSessions.liveOf(accountId, world.now())).length;

  it('asks a bureau account for its code after the password, and opens nothing before', async () => {
    const { userName, accountId } = await anActor(world.deps, 'bureauOfficer');
    const visitor = site.visitor();
    expect((await password(visitor, userName, '/years')).location).to.equal('/session/code?next=%2Fyears');
    expect((await visitor.get('/home')).location).to.match(/^\/session\/new/);
    const wrong = await visitor.post('/session/code', { code: '000000', next: '/years' });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('还可试 4 次').and.include('value="/years"');
    expect((await visitor.post('/session/code', { code: code(), next: '/years' })).location).to.equal(
      '/years',
    );
    expect((await visitor.get('/home')).status).to.equal(200);
    expect(await whats(accountId)).to.include.members(['account.signInFailed', 'account.signedIn']);
  });

  it('takes a code once: whoever saw it typed cannot use it again', async () => {
    const { userName } = await anActor(world.deps, 'bureauOfficer');
    const [first, second] = [site.visitor(), site.visitor()];
    await password(first, userName);
    await password(second, userName);
    expect((await first.post('/session/code', { code: code() })).status).to.equal(303);
    const again = await second.post('/session/code', { code: code() });
    expect(again.status).to.equal(422);
    expect(again.text).to.include('已用过');
    expect((await second.post('/session/code', { code: code(-1) })).text).to.include('已用过');
    expect((await second.post('/session/code', { code: code(1) })).location).to.equal('/home');
  });

  it('lets exactly one of two sign-ins at once have a code', async function () {
    this.timeout(60_000);
    const { userName, accountId } = await anActor(world.deps, 'bureauOfficer');
    for (let round = 0; round < 10; round += 1) {
      world.at(new Date(Date.parse('2021-03-01T04:00:00Z') + round * 120_000).toISOString());
      const visitors = [site.visitor(), site.visitor()];
      for (const visitor of visitors) await password(visitor, userName);
      const answers = await Promise.all(
        visitors.map((visitor) => visitor.post('/session/code', { code: code() })),
      );
      expect(answers.map(({ status }) => status).sort(), `round ${round}`).to.deep.equal([303, 422]);
    }
    expect(await openSessions(accountId)).to.equal(2);
  });

  it('sets codes up at the first sign-in: secret, first code, recovery codes once', async () => {
    const { userName, accountId } = await anActor(world.deps, 'auditor');
    await world.deps.transaction(() => world.deps.credentials.dropSecret(accountId));
    const visitor = site.visitor();
    expect((await password(visitor, userName)).location).to.equal('/session/code-set-up');
    expect((await visitor.get('/home')).location).to.match(/^\/session\/new/);
    const page = await visitor.get('/session/code-set-up');
    const secret = /<code class="secret"[^>]*>([A-Z2-7 ]+)</.exec(page.text)![1]!;
    expect(page.text).to.include('<svg class="qr"');
    expect((await visitor.get('/session/code-set-up')).text, 'the same when looked at again').to.include(
      secret,
    );
    const typed = (step: number) => codeOfStep(world.deps.hmacSha1, fromBase32(secret), step);
    const wrong = await visitor.post('/session/code-set-up', { code: '000000' });
    expect(wrong.status).to.equal(422);
    const done = await visitor.post('/session/code-set-up', { code: typed(stepOf(world.now())) });
    expect(done.status).to.equal(200);
    const codes = [...done.text.matchAll(/<li><code>([\w-]{29})<\/code>/g)].map(([, one]) => one!);
    expect(new Set(codes)).to.have.property('size', 10);
    expect((await visitor.get('/home')).status).to.equal(200);

    const other = site.visitor();
    await password(other, userName);
    expect((await other.post('/session/code', { code: codes[3]!.toLowerCase() })).location).to.equal('/home');
    const third = site.visitor();
    await password(third, userName);
    expect((await third.post('/session/code', { code: codes[3]! })).status, 'used').to.equal(422);
    expect(await whats(accountId)).to.include.members(['account.codeSetUp', 'account.recoveryCodeUsed']);

    // A code of the shorter kind made before stands until it is used.
    const secretKept = (await world.deps.credentials.of(accountId))!.secret!;
    await world.deps.transaction(() =>
      world.deps.credentials.keepSecret(accountId, secretKept, stepOf(world.now()), ['ABCDEFGHJKMN']),
    );
    const fourth = site.visitor();
    await password(fourth, userName);
    expect((await fourth.post('/session/code', { code: 'abcd-efgh-jkmn' })).location).to.equal('/home');
  });

  it('locks the pair of account and address after five misses, and only the pair', async () => {
    const { userName, accountId } = await centreStaff();
    const visitor = site.visitor();
    for (const left of [4, 3, 2, 1])
      expect((await visitor.signIn(userName, 'not the password')).text).to.include(`还可试 ${left} 次`);
    expect((await visitor.signIn(userName, 'not the password')).status).to.equal(429);
    const locked = await visitor.signIn(userName);
    expect(locked.status).to.equal(429);
    expect(locked.text).to.include('12:15');
    const elsewhere = site.visitor('203.0.113.7');
    expect((await elsewhere.signIn(userName)).location).to.equal('/home');
    expect(await whats(accountId)).to.include('account.locked');
    world.at('2021-03-01T12:15:01+08:00');
    expect((await visitor.signIn(userName)).location).to.equal('/home');
  });

  it('judges no more than five of fifty guesses sent at once', async function () {
    this.timeout(60_000);
    const { userName } = await centreStaff();
    const guessers = Array.from({ length: 50 }, () => site.visitor('203.0.113.9'));
    const answers = await Promise.all(guessers.map((one) => one.signIn(userName, 'not the password')));
    const judged = answers.filter(({ status }) => status === 422);
    expect(judged).to.have.length(4);
    expect(answers.filter(({ status }) => status === 429)).to.have.length(46);
  });

  it('lets the security administrator see and lift a lock', async () => {
    const { userName, accountId } = await centreStaff();
    const visitor = site.visitor('203.0.113.10');
    for (let guess = 0; guess < 5; guess += 1) await visitor.signIn(userName, 'not the password');
    const security = site.visitor();
    await security.signIn((await anActor(world.deps, 'securityAdministrator')).userName);
    const page = `/users/${accountId}`;
    expect((await security.get(page)).text)
      .to.include('203.0.113.10')
      .and.include('12:15');
    expect((await security.post(`${page}/unlock`, {}, { from: page })).status).to.equal(303);
    expect((await visitor.signIn(userName)).location).to.equal('/home');
    expect(await whats(accountId)).to.include('account.unlocked');
  });

  it('slows an account that is tried from many addresses, and never locks it', async () => {
    const { userName } = await centreStaff();
    const before = world.pauses!.length;
    for (let address = 1; address <= 14; address += 1)
      await site.visitor(`198.51.100.${address}`).signIn(userName, 'not the password');
    expect(world.pauses!.slice(before)).to.deep.equal([250, 500, 1_000, 2_000]);
    expect((await site.visitor('198.51.100.99').signIn(userName)).location).to.equal('/home');
  });

  it('ends the oldest sign-in beyond the number allowed', async () => {
    const { userName, accountId } = await centreStaff();
    const visitors = [site.visitor(), site.visitor(), site.visitor()];
    for (const [minute, visitor] of visitors.entries()) {
      world.at(`2021-03-01T12:0${minute}:00+08:00`);
      await visitor.signIn(userName);
    }
    const statuses = await Promise.all(visitors.map(async (one) => (await one.get('/home')).status));
    expect(statuses).to.deep.equal([303, 200, 200]);
    expect(await openSessions(accountId)).to.equal(2);
  });

  it('lists one’s own sign-ins and ends another, all others, or the present one', async () => {
    const { userName, accountId } = await centreStaff();
    const [here, there] = [site.visitor(), site.visitor('203.0.113.20')];
    await here.signIn(userName);
    await there.signIn(userName);
    const page = await here.get('/account');
    expect(page.text).to.include('203.0.113.20').and.include('当前');
    const other = /name="session" value="([\w-]{43})"/.exec(page.text)![1]!;
    const stranger = site.visitor();
    await stranger.signIn((await centreStaff()).userName);
    const end = (visitor: Visitor, session: string, presentPassword = testPassword) =>
      visitor.post('/account/sessions/end', { session, presentPassword }, { from: '/account' });
    const theft = await end(stranger, other);
    expect(theft.status).to.equal(404);
    expect((await there.get('/home')).status).to.equal(200);
    const wrong = await end(here, other, 'not the password');
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('href="#f-presentPassword-end"').and.include('现在的密码不对');
    expect((await end(here, other, '')).status).to.equal(422);
    expect((await there.get('/home')).status).to.equal(200);
    await end(here, other);
    expect((await there.get('/home')).status).to.equal(303);
    await there.signIn(userName);
    await end(here, 'others');
    expect(await openSessions(accountId)).to.equal(1);
    const out = await here.post('/session/end', {}, { from: '/home' });
    expect(out.headers.get('clear-site-data')).to.equal('"cache", "storage"');
    expect(await openSessions(accountId)).to.equal(0);
    expect(await whats(accountId)).to.include.members(['account.sessionEnded', 'account.signedOut']);
  });

  it('changes the password of whoever knows the present one, and ends the other sign-ins', async () => {
    const { userName } = await centreStaff();
    const [here, there] = [site.visitor(), site.visitor()];
    await here.signIn(userName);
    await there.signIn(userName);
    const change = (presentPassword: string, next: string) =>
      here.post(
        '/account/password',
        { presentPassword, password: next, passwordAgain: next },
        { from: '/account' },
      );
    expect((await change('not the password', 'nine green bottles')).text).to.include('现在的密码不对');
    expect((await change(testPassword, testPassword)).text).to.include('与现在的密码相同');
    expect((await change(testPassword, 'nine green bottles')).location).to.equal('/account');
    expect((await here.get('/home')).status).to.equal(200);
    expect((await there.get('/home')).status).to.equal(303);
    expect((await there.signIn(userName)).status).to.equal(422);
    expect((await there.signIn(userName, 'nine green bottles')).location).to.equal('/home');
  });

  it('offers codes to those who need none, who may switch them off again; the bureau may not', async () => {
    const { userName, accountId } = await centreStaff();
    const visitor = site.visitor();
    await visitor.signIn(userName);
    const page = await visitor.get('/account/code/new');
    const secret = fromBase32(/<code class="secret"[^>]*>([A-Z2-7 ]+)</.exec(page.text)![1]!);
    const first = codeOfStep(world.deps.hmacSha1, secret, stepOf(world.now()));
    const setUp = (presentPassword: string) =>
      visitor.post('/account/code', { code: first, presentPassword }, { from: '/account/code/new' });
    const wrong = await setUp('not the password');
    expect(wrong.status).to.equal(422);
    expect((await password(site.visitor(), userName)).location).to.equal('/home');
    const done = await setUp(testPassword);
    expect(done.text).to.include('恢复码');
    expect((await password(site.visitor(), userName)).location).to.match(/^\/session\/code/);
    const remove = (presentPassword: string) =>
      visitor.post('/account/code-removal', { presentPassword }, { from: '/account' });
    expect((await remove('not the password')).status).to.equal(422);
    expect((await password(site.visitor(), userName)).location).to.match(/^\/session\/code/);
    expect((await remove(testPassword)).location).to.equal('/account');
    expect((await password(site.visitor(), userName)).location).to.equal('/home');
    expect(await whats(accountId)).to.include('account.codeRemoved');
    const officer = site.visitor();
    await officer.signIn((await anActor(world.deps, 'bureauOfficer')).userName);
    const own = { presentPassword: testPassword };
    expect((await officer.post('/account/code-removal', own, { from: '/account' })).text).to.include(
      '不能关闭',
    );
  });

  it('ends a sign-in after 20 idle minutes, and 12 hours after its beginning whatever is done', async () => {
    const { userName } = await centreStaff();
    const visitor = site.visitor();
    await visitor.signIn(userName);
    for (let minutes = 15; minutes < 720; minutes += 15) {
      world.at(new Date(Date.parse('2021-03-01T04:00:00Z') + minutes * 60_000).toISOString());
      expect((await visitor.get('/home')).status, `${minutes}`).to.equal(200);
    }
    world.at('2021-03-02T00:00:01+08:00');
    expect((await visitor.get('/home')).status).to.equal(303);
    await visitor.signIn(userName);
    world.at('2021-03-02T00:20:02+08:00');
    expect((await visitor.get('/home')).status).to.equal(303);
  });

  it('keeps what was typed when the sign-in ran out, for the same account alone', async () => {
    const { userName } = await centreStaff();
    const visitor = site.visitor();
    await visitor.signIn(userName);
    const typed = { name: '电工中级一班', capacity: '45', kind: ['one', 'two'] };
    const form = { token: 'of a page long open', key: 'k' };
    world.at('2021-03-01T12:30:00+08:00');
    const late = await visitor.post('/training-sessions', typed, form);
    expect(late.location).to.equal('/session/new');
    expect((await visitor.get('/session/new')).text).to.include('所填内容已保留');
    expect((await visitor.signIn(userName)).location).to.equal('/session/held');
    const held = await visitor.get('/session/held');
    expect(held.text).to.include('value="电工中级一班"').and.include('action="/training-sessions"');
    const token = /name="_csrf" value="([^"]*)"/.exec(held.text)![1]!;
    const again = { ...typed, _held: '1' };
    const shown = await visitor.post('/training-sessions', again, { token, key: 'held' });
    expect(shown.status).to.equal(200);
    expect(shown.text).to.include('value="电工中级一班"').and.include('value="45"');
    expect(await world.deps.trainingSessions.count({ kind: 'district' }, {})).to.equal(0);
    expect((await visitor.get('/session/held')).location, 'once').to.equal('/home');

    world.at('2021-03-01T13:10:00+08:00');
    await visitor.post('/training-sessions', typed, form);
    const stored = await world.deps.people.model.db.collection('heldForms').find({}).toArray();
    expect(JSON.stringify(stored)).to.not.include('电工');
    expect((await visitor.signIn((await centreStaff()).userName)).location).to.equal('/session/held');
    expect((await visitor.get('/session/held')).location, 'another account').to.equal('/home');
    expect((await site.visitor().post('/training-sessions', typed, form)).location).to.equal('/session/new');
  });

  it('closes accounts nobody used for 90 days: at a late try and each night', async () => {
    const [late, sleeping, busy] = [await centreStaff(), await centreStaff(), await centreStaff()];
    world.at('2021-05-01');
    await site.visitor().signIn(busy.userName);
    world.at('2021-06-01');
    const answer = await site.visitor().signIn(late.userName);
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('超过 90 天');
    expect(await whats(late.accountId)).to.include('account.closed');
    expect(await closeUnusedAccounts(world.deps)).to.be.above(0);
    expect(await whats(sleeping.accountId)).to.include('account.closed');
    expect(await whats(busy.accountId)).to.not.include('account.closed');
    expect(await closeUnusedAccounts(world.deps)).to.equal(0);
  });

  it('makes a password hash of another cost anew at the next sign-in', async () => {
    const { userName, accountId } = await centreStaff();
    const hash = async () => (await world.deps.credentials.of(accountId))!.passwordHash!;
    expect(await hash()).to.match(/^scrypt\$4\$/);
    const dearer = await openSite({ ...world.deps, passwords: createPasswords(5) });
    expect((await dearer.visitor().signIn(userName)).location).to.equal('/home');
    await dearer.close();
    expect(await hash()).to.match(/^scrypt\$5\$/);
    expect((await site.visitor().signIn(userName)).location).to.equal('/home');
  });

  it('signs in with a `__Host-` cookie behind TLS, with a plain one on loopback', async () => {
    const { userName } = await centreStaff();
    const plain = await site.visitor().signIn(userName);
    expect(plain.headers.getSetCookie().join('\n')).to.match(/^skillroll_session=.*HttpOnly/m);
    const tls = site.visitor('203.0.113.30', 'https');
    const secure = await tls.signIn(userName);
    expect(secure.headers.getSetCookie().join('\n')).to.match(
      /^__Host-skillroll_session=[^;]+; Path=\/; SameSite=Lax; Secure; HttpOnly$/m,
    );
    expect((await tls.get('/home')).status).to.equal(200);
  });
});
