// Every route of the product met by strangers, unknown ids, forged forms and broken requests: an answer in words, never a
// crash, and nothing written.
import { expect } from 'chai';
import { request } from 'node:http';
import { roles, scopeNeedOf, type Role } from '../../../src/domain/accounts/actor.ts';
import { can } from '../../../src/domain/accounts/permissions.ts';
import { allRoutes } from '../../../src/web/routes.ts';
import type { Route } from '../../../src/web/kernel/route.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { aRunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const withId = (path: string, id: string) =>
  path.replace(':year', '2021').replace(':format', 'csv').replace(':code', 'F13').replace(/:\w+/g, id);

const mayUse = (role: Role, { permission }: Route): boolean =>
  permission === 'public' || permission === 'signedIn' || can({ role }, permission);

describe('web/hostile/every-route', function () {
  this.timeout(300_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let routes: readonly Route[];
  const visitors = new Map<Role, Visitor>();

  before(async () => {
    world = await openWorld('2021-05-01');
    await aRunningSession(world, { people: 2 });
    site = await openSite(world.deps);
    routes = allRoutes(world.deps);
    for (const role of roles) {
      const need = scopeNeedOf[role];
      const organisation =
        need === 'trainingCentre' || need === 'evaluator' || need === 'enterprise'
          ? await anOrganisation(world.deps, { capacities: [need] })
          : null;
      const actor = await anActor(world.deps, role, {
        ...(organisation === null ? {} : { organisationId: organisation.id }),
        ...(need === 'area' ? { areaCode: '320507002' } : {}),
      });
      const visitor = site.visitor();
      expect((await visitor.signIn(actor.userName)).status).to.equal(303);
      visitors.set(role, visitor);
    }
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  /** How many documents each collection holds, apart from what looking itself may leave. */
  async function contents(): Promise<Record<string, number>> {
    const connection = world.deps.people.model.db;
    const names = Object.keys(connection.collections).filter(
      (name) => !['throttles', 'submissions', 'signInSessions', 'guards'].includes(name),
    );
    const counts = await Promise.all(names.map((name) => connection.collection(name).countDocuments({})));
    return Object.fromEntries(names.map((name, index) => [name, counts[index]!]));
  }

  it('sends the signed-out to sign in, and never shows them a page with a permission', async () => {
    const stranger = site.visitor();
    for (const route of routes.filter((one) => one.method === 'get' && one.permission !== 'public')) {
      const answer = await stranger.get(withId(route.path, '01dxf6e8fmvk5ggc8pnb4h5tzj'));
      expect(answer.status, route.path).to.equal(303);
      expect(answer.location, route.path).to.match(/^\/session\/new/);
    }
  });

  it('answers an id nobody has with 404 to whoever may look', async () => {
    for (const [role, visitor] of visitors)
      for (const route of routes.filter((one) => one.method === 'get' && one.path.includes(':id'))) {
        // Who may not is answered with 403, as the matrix of roles shows.
        if (!mayUse(role, route)) continue;
        const answer = await visitor.get(withId(route.path, 'nobody-has-this-id'));
        expect([404, 303], `${role} ${route.path} ${answer.status}`).to.include(answer.status);
      }
  });

  it('writes nothing for a form without its token, whoever sends it to whichever route', async () => {
    const before = await contents();
    for (const [role, visitor] of visitors)
      for (const route of routes.filter((one) => one.method === 'post')) {
        if (['/session/end', '/display-settings', '/my/end'].includes(route.path)) continue;
        // Of those who may not send it, one is enough: the token is looked at first.
        if (role !== 'bureauReader' && !mayUse(role, route)) continue;
        const answer = await visitor.post(
          withId(route.path, 'nobody-has-this-id'),
          { name: 'x', reason: '足够长的原因', version: '0' },
          { token: 'forged', key: `${role}${route.path}` },
        );
        expect(answer.status, `${role} ${route.path}`).to.be.oneOf([303, 403, 404, 422]);
      }
    expect(await contents()).to.deep.equal(before);
  });

  it('survives operators, lists, control characters and endless text in addresses and fields', async () => {
    const officer = visitors.get('bureauOfficer')!;
    const odd = [
      '?page[$gt]=0&state[$ne]=x&kind=__proto__',
      '?page=1e9&year=99999&text=%00%0d%0aSet-Cookie:x',
      '?page=-1&week=2021-02-30&asOf=%F0%9F%92%A9',
      `?text=${'长'.repeat(2_000)}`,
      '?constructor=1&toString=2&text=.*(a+)%2B%24',
    ];
    for (const route of routes.filter((one) => one.method === 'get' && !one.path.includes(':id')))
      for (const query of odd) {
        const answer = await officer.get(withId(route.path, 'x') + query);
        expect(answer.status, `${route.path}${query.slice(0, 40)}`).to.be.below(500);
      }
    const centre = visitors.get('centreStaff')!;
    const made = await centre.post(
      '/training-sessions',
      { name: ['甲', '乙'], kind: 'upskilling', capacity: '1e3' },
      { from: '/training-sessions/new' },
    );
    expect(made.status).to.equal(422);
    expect(made.text).to.include('字段“name”填了不止一次');
    const long = await centre.post(
      '/training-sessions',
      { name: '长'.repeat(10_000), venue: '\u202e反\u0000' },
      { from: '/training-sessions/new' },
    );
    expect(long.status).to.equal(422);
    expect(long.text).to.include('长长长');
  });

  it('refuses bodies and files that are too large, keeping the page', async () => {
    const centre = visitors.get('centreStaff')!;
    const large = await centre.post(
      '/training-sessions',
      { name: 'x'.repeat(3 * 1024 * 1024) },
      { from: '/training-sessions/new' },
    );
    expect(large.status).to.equal(413);
    const officer = visitors.get('bureauOfficer')!;
    const file = await officer.post(
      '/certificate-imports',
      {},
      {
        from: '/certificate-imports/new',
        files: [{ field: 'file', name: 'a.xlsx', bytes: new Uint8Array(11 * 1024 * 1024) }],
      },
    );
    expect(file.status).to.equal(413);
    expect(file.text).to.include('10 MB');
  });

  it('answers broken requests and goes on', async () => {
    const raw = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
      new Promise<number>((resolve, reject) => {
        const sent = request(`${site.url}/`, { method, path, headers }, (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode!));
        });
        sent.on('error', reject);
        sent.end(body);
      });
    expect(await raw('GET', '/training-sessions/%E0%A4%A')).to.be.oneOf([303, 400, 404]);
    expect(await raw('GET', '/../../etc/passwd')).to.equal(404);
    expect(await raw('GET', '/assets/../config.ts')).to.equal(404);
    expect(await raw('DELETE', '/training-sessions')).to.be.oneOf([303, 404, 405]);
    expect(await raw('PUT', '/session')).to.be.oneOf([404, 405]);
    expect(
      await raw('POST', '/session', { 'content-type': 'application/json' }, '{"userName":{"$ne":1}}'),
    ).to.equal(415);
    expect(await raw('POST', '/session', { 'content-type': 'multipart/form-data' }, 'x')).to.be.oneOf([
      400, 422,
    ]);
    expect(await raw('GET', '/', { cookie: `skillroll_session=${'x'.repeat(4_000)}; =; ;;` })).to.equal(200);
    expect(await raw('GET', '/', { 'accept-language': 'zz;q=9,,,;' })).to.equal(200);
    expect(await raw('GET', '/health')).to.equal(200);
  });
});
