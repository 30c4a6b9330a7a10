import { expect } from 'chai';
import type { Actor } from '../../../src/domain/accounts/actor.ts';
import { withdrawEnrolment } from '../../../src/use-cases/training/withdraw-enrolment.ts';
import { loadHistory } from '../../../src/web/trail/load-history.ts';
import type { Exchange } from '../../../src/web/kernel/exchange.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { wording } from '../../support/draw.ts';
import { aRunningSession, type RunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/trail/load-history', function () {
  this.timeout(60_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let running: RunningSession;
  let staff: Visitor;
  before(async () => {
    world = await openWorld();
    site = await openSite(world.deps);
    running = await aRunningSession(world, { people: 2 });
    staff = site.visitor();
    await staff.signIn(running.staff.userName);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  const record = (who: Actor, kind: string, id: string, times: number, reason?: string) =>
    world.deps.transaction(() =>
      world.deps.events.recordMany(
        Array.from({ length: times }, (_, at) => ({
          what: `${kind}.edited`,
          who,
          about: { kind, id },
          when: new Date(world.now().getTime() + at),
          before: { startsOn: '2021-05-05' },
          after: { startsOn: `2021-05-${at + 10}` },
          reason,
        })),
      ),
    );
  const when = /<p class="timeline__what">/g;

  it('shows on a session’s page who did what when, what changed and why', async () => {
    await record(running.officer, 'trainingSession', running.session.id, 1, '致电 13912345678 核实');
    const { text } = await staff.get(`/training-sessions/${running.session.id}`);
    expect(text).to.include('开始日期：2021-05-05 → 2021-05-10；理由：致电 139****5678 核实');
    expect(text).to.include(running.officer.name).and.include('状态：待备案 → 已备案');
    expect(text).not.to.include('13912345678');
  });

  it('goes on to older ones, however many there are', async () => {
    await record(running.staff, 'trainingSession', running.session.id, 70);
    const page = `/training-sessions/${running.session.id}`;
    const first = (await staff.get(page)).text;
    expect(first.match(when)).to.have.length(50);
    const older = /rel="next" href="([^"]*history[^"]*)"/.exec(first)![1]!.replaceAll('&#x3D;', '=');
    const second = (await staff.get(older)).text;
    expect(second).to.include('新建培训班草稿').and.include(`href="${page}"`);
    expect(first).not.to.include('新建培训班草稿');
    expect((await staff.get(`${page}?history=none`)).status).to.equal(200);
  });

  it('shows on a person’s page what was done to their records in the viewer’s sight, and nothing of others', async () => {
    const [enrolment, other] = running.enrolments;
    for (const one of [enrolment!, other!])
      await withdrawEnrolment(world.deps, {
        actor: running.staff,
        enrolmentId: one.id,
        version: one.version,
        on: '2021-05-06',
        reason: 'family',
        note: one === enrolment ? null : '家中有事',
      });
    const { text } = await staff.get(`/people/${enrolment!.personId}`);
    expect(text).to.include('操作记录').and.include('理由：家庭原因');
    expect(text).not.to.include('家中有事');
  });

  it('gives the history of an account, and names what is one of several', async () => {
    const account = await anActor(world.deps, 'auditor');
    const exchange = {
      t: (key: string, params?: Record<string, string | number>) => wording.t('en', key, params),
      lang: 'en',
      site: { wording },
      query: {},
    } as unknown as Exchange;
    const subjects = [{ kind: 'account', ids: [account.accountId] }];
    const { deps } = world;
    const history = await loadHistory(deps, exchange, '/users/1', subjects);
    expect(history).to.deep.include({ newest: null, older: null });
    expect(history.events).to.have.length(1);
    expect(history.events[0]).to.deep.include({
      what: 'Account opened',
      who: 'System',
      note: 'Role: Auditor',
    });
    const named = await loadHistory(deps, exchange, '/', subjects, new Map([[account.accountId, 'Ann']]));
    expect(named.events[0]!.what).to.equal('Ann: Account opened');
    expect((await loadHistory(deps, exchange, '/', [{ kind: 'account', ids: [] }])).events).to.deep.equal([]);
  });
});
