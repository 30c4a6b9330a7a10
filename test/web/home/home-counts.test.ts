import { expect } from 'chai';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { aSession } from '../../support/rosters.ts';
import { anApprovedSession, aPlan, aRunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';
import {
  returnTrainingSession,
  submitTrainingSession,
} from '../../../src/use-cases/training/move-training-session.ts';
import { requestSessionChange } from '../../../src/use-cases/training/request-session-change.ts';

describe('web/home/home-counts', () => {
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

  /** Every number on the home page that leads to sessions or filings, with how many its list shows. */
  async function numbersOf(visitor: Visitor) {
    const home = await visitor.get('/home');
    const found = [
      ...home.text.matchAll(
        /<a [^>]*href="(\/(?:training-sessions|filings)[^"]*)"[^>]*>([^<]*\d[^<]*)<\/a>/g,
      ),
    ];
    return Promise.all(
      found.map(async ([, href, text]) => {
        const list = await visitor.get(href!.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
        expect(list.status, href).to.equal(200);
        const total = /共 ([\d,]+) 条/.exec(list.text)?.[1] ?? '0';
        return { text: text!, counted: Number(/\d+/.exec(text!)![0]), listed: Number(total) };
      }),
    );
  }

  it('opens from each number the list that shows exactly as many', async () => {
    const running = await aRunningSession(world);
    const by = { actor: running.staff, centreId: running.centreId };
    const lessons = (teacher: string) => aPlan('2021-05-06', 15, { teacher, venue: `${teacher}的教室` });
    await anApprovedSession(world, { by, lessons: lessons('李老师') });
    const approved = await anApprovedSession(world, { by, lessons: lessons('张老师') });
    await requestSessionChange(world.deps, {
      actor: running.staff,
      sessionId: approved.session.id,
      facts: { capacity: 44 },
      reason: '实训设备不足',
    });
    const returned = await aSession(world.deps, {}, by);
    await submitTrainingSession(world.deps, { actor: running.staff, sessionId: returned.session.id });
    await returnTrainingSession(world.deps, {
      actor: running.officer,
      sessionId: returned.session.id,
      reason: '补充材料',
    });
    for (const name of ['电工四级五班', '电工四级六班']) {
      const waiting = await aSession(world.deps, { name }, by);
      await submitTrainingSession(world.deps, { actor: running.staff, sessionId: waiting.session.id });
    }
    world.at('2021-07-01');

    const centre = await numbersOf(await signedIn(running.staff.userName));
    expect(centre.map(({ text }) => text.replace(/\s+/g, ''))).to.deep.equal([
      '1个培训班被退回修改',
      '2个培训班已到开班日',
      '1个培训班可以办理结业',
      '1个进行中的培训班',
      '6个培训班',
    ]);
    for (const { text, counted, listed } of centre) expect(listed, text).to.equal(counted);

    const bureau = await numbersOf(await signedIn((await anActor(world.deps, 'bureauOfficer')).userName));
    expect(bureau.map(({ counted }) => counted)).to.deep.equal([2, 1, 1, 6]);
    for (const { text, counted, listed } of bureau) expect(listed, text).to.equal(counted);
  });
});
