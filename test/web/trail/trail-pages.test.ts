import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { Actor } from '../../../src/domain/accounts/actor.ts';
import { runForRequest } from '../../../src/persistence/request-facts.ts';
import { sealAll } from '../../../src/sealer.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { wording } from '../../support/draw.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/trail/trail-pages', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let auditor: Visitor;
  let officer: Actor & { userName: string };
  let clerk: Actor & { userName: string };

  before(async () => {
    world = await openWorld('2021-05-01');
    site = await openSite(world.deps);
    officer = await anActor(world.deps, 'bureauOfficer');
    clerk = await anActor(world.deps, 'bureauOfficer');
    const { userName } = await anActor(world.deps, 'auditor');
    world.at('2021-05-02');
    await record(officer, 'c1', { reason: '=1+1，联系人 13912345678，身份证 320507199001011234' });
    await record(clerk, 'c2', { address: '198.51.100.9' });
    await sealAll(world.deps);
    await record(officer, 's1', { what: 'trainingSession.approved', kind: 'trainingSession' });
    world.at('2021-05-04');
    auditor = site.visitor();
    await auditor.signIn(userName);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  async function record(
    who: Actor,
    id: string,
    given: { reason?: string; address?: string; what?: string; kind?: string },
  ): Promise<void> {
    const { deps } = world;
    await runForRequest(given.address ?? '192.0.2.7', () =>
      deps.transaction(() =>
        deps.events.record({
          what: given.what ?? 'certificate.revoked',
          who,
          about: { kind: given.kind ?? 'certificate', id },
          when: deps.now(),
          before: { status: 'valid' },
          after: { status: 'revoked', category: 'cheating', odd: { deep: [{ a: 1 }] } },
          reason: given.reason,
        }),
      ),
    );
  }
  /** The ids of the objects that the page's rows are about, in order. */
  const shown = async (query = '') =>
    [
      ...(await auditor.get(`/trail${query}`)).text.matchAll(/<span class="cell__note">([cs]\d)<\/span>/g),
    ].map((match) => match[1]);

  it('says in words at which step a sign-in failed', async () => {
    await site
      .visitor()
      .post('/session', { userName: clerk.userName, password: '错误的口令' }, { from: '/session/new' });
    const page = '/trail?what=account.signInFailed';
    expect((await auditor.get(page)).text)
      .to.include('步骤：用户名和密码')
      .and.not.include('sign-in');
    for (const step of ['sign-in', 'code', 'password'])
      expect(wording.has(`trail.step.${step}`), step).to.equal(true);
  });

  it('shows what was done, by whom, to what, from where, before → after in words, masked', async () => {
    const { text, status } = await auditor.get('/trail?kind=certificate');
    expect(status).to.equal(200);
    expect(text).to.include('撤销证书').and.include(officer.name).and.include('192.0.2.7');
    expect(text).to.include('状态：有效 → 已撤销').and.include('odd：1 项');
    expect(text).to.include('139****5678').and.include('320507********1234');
    expect(text).not.to.include('13912345678').and.not.include('320507199001011234');
    await auditor.post('/display-settings', { lang: 'en', back: '/' }, { from: '/trail' });
    const english = (await auditor.get('/trail')).text;
    const sealed = (await auditor.get('/trail?kind=certificate')).text;
    await auditor.post('/display-settings', { lang: 'zh', back: '/' }, { from: '/trail' });
    expect(english).to.include('Certificate revoked').and.include('Status: Valid → Revoked');
    expect(english).to.include('not sealed yet').and.include('Signed in');
    expect(sealed).to.include('Certificate revoked').and.not.include('not sealed yet');
  });

  it('narrows by each part alone and by all together', async () => {
    expect(await shown()).to.deep.equal(['s1', 'c2', 'c1']);
    expect(await shown(`?actor=${officer.userName}`)).to.deep.equal(['s1', 'c1']);
    expect(await shown(`?actor=${clerk.accountId}`)).to.deep.equal(['c2']);
    expect(await shown('?kind=trainingSession')).to.deep.equal(['s1']);
    expect(await shown('?id=c1')).to.deep.equal(['c1']);
    expect(await shown('?what=certificate.revoked')).to.deep.equal(['c2', 'c1']);
    expect(await shown('?address=198.51.100.9')).to.deep.equal(['c2']);
    expect(await shown('?from=2021-05-02&until=2021-05-02')).to.deep.equal(['s1', 'c2', 'c1']);
    expect(await shown('?from=2021-05-03')).to.deep.equal([]);
    expect(await shown('?until=2021-05-01')).to.deep.equal([]);
    const together = `?actor=${officer.userName}&kind=certificate&id=c1&what=certificate.revoked&from=2021-05-01&until=2021-05-03&address=192.0.2.7`;
    expect(await shown(together)).to.deep.equal(['c1']);
    expect(await shown(`${together}9`)).to.deep.equal([]);
    expect(await shown('?kind=nothing&what=%00&from=yesterday&after=x')).to.deep.equal(['s1', 'c2', 'c1']);
  });

  it('goes on from page to page without leaving out or repeating one, also among events of one instant', async () => {
    const { deps } = world;
    await deps.transaction(() =>
      deps.events.recordMany(
        Array.from({ length: 120 }, (_, at) => ({
          what: 'lesson.planned',
          who: clerk,
          about: { kind: 'lesson', id: `l${at}` },
          when: new Date(Date.parse('2021-04-01T00:00:00Z') + Math.floor(at / 40)),
        })),
      ),
    );
    const seen: string[] = [];
    let next: string | undefined = '/trail?kind=lesson';
    let pages = 0;
    for (; next !== undefined; pages += 1) {
      const { text } = await auditor.get(next.replaceAll('&amp;', '&'));
      seen.push(...[...text.matchAll(/<span class="cell__note">(l\d+)<\/span>/g)].map((match) => match[1]!));
      next = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&#x3D;', '=');
    }
    expect(pages).to.equal(3);
    expect(seen).to.have.length(120);
    expect(new Set(seen).size).to.equal(120);
  });

  it('exports what the filter leaves, no cell a formula, and records that it did', async () => {
    const filter = { actor: officer.userName, kind: 'certificate' };
    const { text, status, headers } = await auditor.post('/trail/exports', filter, { from: '/trail' });
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.include('text/csv');
    const lines = text.trim().split('\r\n');
    expect(lines).to.have.length(2);
    expect(lines[1]).to.include(',certificate.revoked,').and.include('c1').and.include("'=1+1");
    expect(lines[1]).not.to.include('13912345678');
    expect(lines[1]).to.match(/[0-9a-f]{64}$/);
    const [event] = await world.deps.events.about('trail', 'events');
    expect(event).to.deep.include({
      what: 'trail.exported',
      address: '127.0.0.1',
      after: { actorId: officer.accountId, kind: 'certificate', events: 1 },
    });
    expect((await auditor.get('/trail?kind=trail')).text).to.include('导出操作日志');
  });

  it('is closed to everybody else, and stands in the auditor’s navigation alone', async () => {
    expect((await auditor.get('/home')).text).to.include('href="/trail"');
    for (const role of ['bureauOfficer', 'securityAdministrator', 'systemAdministrator'] as const) {
      const visitor = site.visitor();
      await visitor.signIn((await anActor(world.deps, role)).userName);
      expect((await visitor.get('/home')).text).not.to.include('href="/trail"');
      expect((await visitor.get('/trail')).status).to.equal(403);
      const before = (await world.deps.events.about('trail', 'events')).length;
      expect((await visitor.post('/trail/exports', {}, { from: '/home' })).status).to.equal(403);
      expect(await world.deps.events.about('trail', 'events')).to.have.length(before);
    }
  });

  it('has words for every event that is listed, and for what it is about', () => {
    const rows = [...readFileSync('docs/events.md', 'utf8').matchAll(/^\| `([\w.]+)`.*?\| `(\w+)`/gm)];
    expect(rows).to.have.length.above(60);
    for (const [, what, kind] of rows) {
      expect(wording.has(`trail.what.${what}`), what).to.equal(true);
      expect(wording.has(`trail.kind.${kind}`), kind).to.equal(true);
    }
  });
});
