// Whether another centre has a record: no list, count, search, export or refusal tells, and an answer takes no longer for it.
import { expect } from 'chai';
import { planLessons } from '../../../src/use-cases/training/plan-lessons.ts';
import { openSite, type Answer, type Visitor } from '../../support/browse.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anIdNumber, aSession } from '../../support/rosters.ts';
import { aLesson, enrol } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const absent = '01dxf6e8fmvk5ggc8pnb4h5tzj';
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
/** A page without its form keys and without the id of the kept search. */
const plain = (answer: Answer) => answer.text.replace(/value="[\w-]{20,}"|search(=|%3D|&#x3D;)\w+/g, '');

describe('web/matrix/others-hidden', function () {
  this.timeout(60_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-05-01');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  /** A centre with a session, somebody of its staff signed in. */
  async function aCentre(name: string) {
    const { id: centreId } = await anOrganisation(world.deps, { name: `${name}培训学校` });
    const actor = await anActor(world.deps, 'centreStaff', { organisationId: centreId });
    const made = await aSession(world.deps, { name: `${name}电工班` }, { actor, centreId });
    const visitor = site.visitor();
    await visitor.signIn(made.staff.userName);
    return { ...made, visitor };
  }

  it('answers lists, counts, searches and exports the same before and after another centre has the person', async () => {
    const mine = await aCentre('近处');
    await enrol(world.deps, mine.staff, mine.session.id, { name: '赵自己' });
    const documentNumber = anIdNumber();
    const look = async (visitor: Visitor) => {
      const pages = ['/home', '/people', '/training-sessions', '/imports', '/certificates', '/lessons'];
      const answers = await Promise.all(pages.map((path) => visitor.get(path)));
      const searches = await Promise.all(
        [documentNumber, '钱远方', 'qian'].map(async (text) => {
          const sent = await visitor.post('/searches', { text }, { from: '/people' });
          return [sent.status, plain(await visitor.get(sent.location!))];
        }),
      );
      const file = await visitor.get(`/training-sessions/${mine.session.id}/roster/file`);
      return [answers.map(plain), searches, file.status, file.bytes.length];
    };
    const earlier = await look(mine.visitor);
    const other = await aCentre('远处');
    await enrol(world.deps, other.staff, other.session.id, { name: '钱远方', documentNumber });
    const later = await look(mine.visitor);
    for (const [index, seen] of later.entries()) expect(seen, String(index)).to.deep.equal(earlier[index]);
  });

  it('refuses lessons at the same time with a case reference, never the other session or its roster', async () => {
    const documentNumber = anIdNumber();
    const other = await aCentre('隔壁');
    await enrol(world.deps, other.staff, other.session.id, { name: '孙两边', documentNumber });
    await enrol(world.deps, other.staff, other.session.id, { name: '李不相干' });
    await planLessons(world.deps, {
      actor: other.staff,
      sessionId: other.session.id,
      lessons: [aLesson('2021-05-20', { venue: '隔壁教室', teacher: '隔壁老师' })],
    });
    const mine = await aCentre('本处');
    await enrol(world.deps, mine.staff, mine.session.id, { name: '孙两边', documentNumber }, '两处都上');
    const path = `/training-sessions/${mine.session.id}/lessons`;
    const refused = await mine.visitor.post(
      path,
      {
        day: '2021-05-20',
        startsAt: '09:00',
        endsAt: '12:00',
        kind: 'practice',
        teacher: '周老师',
        venue: '105',
      },
      { from: path },
    );
    expect(refused.status).to.equal(422);
    expect(refused.text).to.match(/K-\d+/).and.to.include('孙两边');
    for (const theirs of ['隔壁', '李不相干', other.session.id, other.session.number])
      expect(refused.text, theirs).to.not.include(theirs);
  });

  it('takes as long for a record of another as for none', async () => {
    const other = await aCentre('别处');
    const enrolment = await enrol(world.deps, other.staff, other.session.id);
    const { visitor } = await aCentre('此处');
    const addresses = (session: string, person: string) => [
      `/training-sessions/${session}`,
      `/training-sessions/${session}/roster`,
      `/people/${person}`,
    ];
    const timed = async (path: string) => {
      const since = performance.now();
      expect((await visitor.get(path)).status).to.equal(404);
      return performance.now() - since;
    };
    const theirs = addresses(other.session.id, enrolment.personId);
    const none = addresses(absent, absent);
    for (const [index, path] of theirs.entries()) {
      const foreign: number[] = [];
      const missing: number[] = [];
      for (let turn = 0; turn < 120; turn += 1) {
        foreign.push(await timed(path));
        missing.push(await timed(none[index]!));
      }
      const [a, b] = [median(foreign), median(missing)];
      expect(Math.abs(a - b), `${path}: ${a} and ${b} ms`).to.be.below(Math.max(2, 0.3 * b));
    }
  });
});
