// Every route, refusal, file and asset bears the same headers, over TLS and without.
import { expect } from 'chai';
import { paths } from '../../../src/web/paths.ts';
import { allRoutes } from '../../../src/web/routes.ts';
import { openSite, type Answer, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { aRunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const policy =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';font-src 'self';object-src 'none';" +
  "form-action 'self';frame-ancestors 'none';base-uri 'none'";

const filled = (path: string) =>
  path.replace(':year', '2021').replace(':format', 'csv').replace(':code', 'F13').replace(/:\w+/g, 'nobody');

/** Pages of whoever needs no account to see something of a person, and addresses that are secrets themselves. */
const discreetPaths: readonly string[] = [
  paths.newCheck.pattern,
  paths.checks.pattern,
  paths.newReceiptProof.pattern,
  paths.receiptProofs.pattern,
  paths.tokenCheck.pattern,
  paths.newFind.pattern,
  paths.finds.pattern,
  paths.myCertificates.pattern,
  paths.myCertificate.pattern,
  paths.myCertificateFile.pattern,
  paths.endFind.pattern,
  paths.accountLink.pattern,
];

function expectHeaders(answer: Answer, where: string, { overTls = false, asset = false } = {}): void {
  const header = (name: string) => answer.headers.get(name);
  expect(header('content-security-policy'), where).to.equal(policy);
  expect(header('cross-origin-opener-policy'), where).to.equal('same-origin');
  expect(header('cross-origin-resource-policy'), where).to.equal('same-origin');
  expect(header('permissions-policy'), where).to.include('camera=()').and.to.include('geolocation=()');
  expect(header('x-content-type-options'), where).to.equal('nosniff');
  expect(header('x-frame-options'), where).to.equal('SAMEORIGIN');
  expect(header('x-powered-by'), where).to.equal(null);
  expect(header('strict-transport-security'), where).to.equal(
    overTls ? 'max-age=31536000; includeSubDomains' : null,
  );
  if (asset) expect(header('cache-control'), where).to.equal('public, max-age=86400');
  else expect(header('cache-control'), where).to.equal('no-store');
}

describe('web/middleware/set-up-security', function () {
  this.timeout(120_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let officer: Visitor;
  before(async () => {
    world = await openWorld('2021-05-01', { trustProxy: 1 });
    await aRunningSession(world, { people: 2 });
    site = await openSite(world.deps);
    officer = site.visitor();
    await officer.signIn((await anActor(world.deps, 'bureauOfficer')).userName);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  it('bears the headers on every route, for a stranger and for an officer, whatever the answer', async () => {
    const seen = new Map<number, number>();
    for (const visitor of [site.visitor(), officer])
      for (const route of allRoutes(world.deps)) {
        const path = filled(route.path);
        const answer =
          route.method === 'get'
            ? await visitor.get(path)
            : await visitor.post(path, { name: 'x' }, { token: 'forged', key: route.path });
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        expectHeaders(answer, `${route.method} ${route.path}`);
      }
    for (const status of [200, 303, 403, 404, 422]) expect(seen.get(status), String(status)).to.be.above(0);
  });

  it('bears them on assets, wrong addresses, broken ones and requests refused at the edge', async () => {
    for (const path of ['/assets/base.css', '/assets/page.js', '/assets/mark.svg'])
      expectHeaders(await officer.get(path), path, { asset: true });
    const others: [string, number][] = [
      ['/assets/nothing.css', 404],
      ['/nowhere', 404],
      ['/training-sessions/%E0%A4%A', 400],
      ['/training-sessions?a[$ne]=1', 400],
      ['/assets/%2e%2e/app.ts', 404],
    ];
    for (const [path, status] of others) {
      const answer = await officer.get(path);
      expect(answer.status, path).to.equal(status);
      expectHeaders(answer, path);
    }
    const large = await officer.post('/session', { userName: 'x'.repeat(300_000) }, { token: 'x' });
    expect(large.status).to.equal(413);
    expectHeaders(large, 'too large');
  });

  it('asks for TLS only where the request came over it, and then everywhere', async () => {
    const overTls = site.visitor('192.0.2.1', 'https');
    for (const path of ['/', '/nowhere', '/session/new', '/training-sessions?$where=1'])
      expectHeaders(await overTls.get(path), path, { overTls: true });
    expectHeaders(await overTls.get('/assets/base.css'), 'asset', { overTls: true, asset: true });
    expectHeaders(await site.visitor('192.0.2.1').get('/'), 'without TLS');
  });

  it('tells the address of a holder’s, a checked or a secret page to nobody, and has it indexed nowhere', async () => {
    for (const route of allRoutes(world.deps)) {
      const path = filled(route.path);
      const answer =
        route.method === 'get'
          ? await site.visitor().get(path)
          : await site.visitor().post(path, {}, { token: 'forged', key: route.path });
      const isDiscreet = discreetPaths.includes(route.path);
      expect(answer.headers.get('referrer-policy'), route.path).to.equal(
        isDiscreet ? 'no-referrer' : 'same-origin',
      );
      if (isDiscreet) expect(answer.headers.get('x-robots-tag'), route.path).to.include('noindex');
    }
  });
});
