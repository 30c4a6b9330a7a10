import { expect } from 'chai';
import { openSite } from '../../support/browse.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { aSession } from '../../support/rosters.ts';
import { anApprovedSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const typed = {
  name: '电工四级二班',
  kind: 'upskilling',
  occupationCode: '6-31-01-03',
  trade: '',
  skillLevel: 'intermediate',
  project: '',
  fundingSource: 'upskilling_action',
  capacity: '40',
  theoryHours: '20',
  practiceHours: '40',
  startsOn: '2021-06-07',
  endsOn: '2021-07-02',
  venue: '２０１ 教室',
  areaCode: '320507001',
  evaluatorId: '',
};

describe('web/training/session-pages', () => {
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
  const signedIn = async (userName: string) => {
    const visitor = site.visitor();
    await visitor.signIn(userName);
    return visitor;
  };

  it('takes digits as they are typed, says what is empty, and names its fields in sentences', async () => {
    const centre = await anOrganisation(world.deps);
    const staff = await anActor(world.deps, 'centreStaff', { organisationId: centre.id });
    const visitor = await signedIn(staff.userName);
    const post = (fields: Record<string, string>) =>
      visitor.post('/training-sessions', { ...typed, ...fields }, { from: '/training-sessions/new' });
    const made = await post({ capacity: ' ４０ ' });
    const page = await visitor.get(made.location!);
    expect(page.text).to.include('40 人');
    const unchosen = Object.entries(typed).filter(([name]) => name !== 'fundingSource');
    const choose = await visitor.post('/training-sessions', Object.fromEntries(unchosen), {
      from: '/training-sessions/new',
    });
    expect(choose.text).to.include('选择资金来源。');
    const empty = await post({ capacity: '', name: '' });
    expect(empty.status).to.equal(422);
    expect(empty.text).to.include('填写容量。').and.to.include('填写班名。');
    await visitor.post('/display-settings', { lang: 'en' }, { from: '/home' });
    const english = await post({ capacity: 'x', name: '' });
    expect(english.text.replaceAll('&quot;', '"'))
      .to.include('Enter “Name”.')
      .and.to.include('“Capacity” must be a number.');
  });

  it('drafts a session, edits it and submits it', async () => {
    const centre = await anOrganisation(world.deps);
    const staff = await anActor(world.deps, 'centreStaff', { organisationId: centre.id });
    const visitor = await signedIn(staff.userName);
    const made = await visitor.post('/training-sessions', typed, { from: '/training-sessions/new' });
    expect(made.status).to.equal(303);
    const page = await visitor.get(made.location!);
    expect(page.text).to.include('电工四级二班').and.to.include('201 教室').and.to.include('提交备案');
    const edited = await visitor.post(
      made.location!,
      { ...typed, capacity: '42', version: '0' },
      { from: `${made.location}/edit` },
    );
    expect(edited.location).to.equal(made.location);
    const list = await visitor.get('/training-sessions?state=draft');
    expect(list.text).to.include('0 / 42');
    const submitted = await visitor.post(
      `${made.location}/filing`,
      { version: '1' },
      { from: made.location! },
    );
    expect(submitted.status).to.equal(303);
    expect((await visitor.get(made.location!)).text).to.include('等待人社局审批');
    const late = await visitor.post(
      `${made.location}/filing`,
      { version: '2' },
      { from: `${made.location}` },
    );
    expect(late.status).to.equal(422);
  });

  it('names the field and keeps what was typed when a session cannot be drafted', async () => {
    const { staff } = await aSession(world.deps);
    const visitor = await signedIn(staff.userName);
    const answer = await visitor.post(
      '/training-sessions',
      { ...typed, endsOn: '2021-06-01', capacity: '0', practiceHours: '5' },
      { from: '/training-sessions/new' },
    );
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('value="电工四级二班"');
    const sound = await visitor.post(
      '/training-sessions',
      { ...typed, endsOn: '2021-06-01' },
      { from: '/training-sessions/new' },
    );
    expect(sound.status).to.equal(422);
    expect(sound.text).to.include('href="#f-endsOn"');
    expect(
      await world.deps.trainingSessions.model.countDocuments({
        name: '电工四级二班',
        startsOn: '2021-06-07',
        endsOn: '2021-06-01',
      }),
    ).to.equal(0);
  });

  it('shows both versions when somebody saved first', async () => {
    const { session, staff } = await aSession(world.deps);
    const visitor = await signedIn(staff.userName);
    const path = `/training-sessions/${session.id}`;
    await visitor.post(path, { ...typed, venue: '一号楼', version: '0' }, { from: `${path}/edit` });
    const stale = await visitor.post(
      path,
      { ...typed, venue: '二号楼', version: '0' },
      { from: `${path}/edit` },
    );
    expect(stale.status).to.equal(409);
    expect(stale.text).to.include('一号楼').and.to.include('二号楼');
  });

  it('starts, asks for a change, withdraws it, and cancels with a reason', async () => {
    const { session, staff, officer } = await anApprovedSession(world);
    const visitor = await signedIn(staff.userName);
    const path = `/training-sessions/${session.id}`;
    const early = await visitor.post(`${path}/start`, { version: '3' }, { from: path });
    expect([409, 422]).to.include(early.status);
    const form = await visitor.get(`${path}/changes/new`);
    expect(form.text).to.include('变更申请');
    const nothing = await visitor.post(
      `${path}/changes`,
      { ...changeOf(session), reason: '场地需要检修' },
      { from: `${path}/changes/new` },
    );
    expect(nothing.status).to.equal(422);
    const asked = await visitor.post(
      `${path}/changes`,
      {
        ...changeOf(session),
        startsOn: '2021-05-13',
        endsOn: '2021-06-17',
        moveLessons: 'yes',
        reason: '场地需要检修',
      },
      { from: `${path}/changes/new` },
    );
    expect(asked.location).to.equal(path);
    expect((await visitor.get(path)).text)
      .to.include('撤回变更')
      .and.to.include('场地需要检修');
    const bureau = await signedIn(officer.userName);
    const [change] = await world.deps.sessionChanges.ofSession(staff.scope, session.id);
    expect((await bureau.get('/filings?kind=changes')).text).to.include(session.number);
    const withdrawn = await visitor.post(`/session-changes/${change!.id}/withdrawal`, {}, { from: path });
    expect(withdrawn.location).to.equal(path);
    const silent = await visitor.post(
      `${path}/cancellation`,
      { reason: '', version: String(session.version) },
      { from: `${path}/cancellation/new` },
    );
    expect(silent.status).to.equal(422);
    expect(silent.text).to.include('写明原因');
    const page = await visitor.get(`${path}/cancellation/new`);
    const version = /name="version" value="(\d+)"/.exec(page.text)![1]!;
    const gone = await visitor.post(
      `${path}/cancellation`,
      { reason: '报名人数不足', version },
      { from: `${path}/cancellation/new` },
    );
    expect(gone.location).to.equal(path);
    expect((await visitor.get(path)).text).to.include('已取消：报名人数不足');
  });

  it('enters a session of earlier days from paper', async () => {
    const { staff } = await aSession(world.deps);
    world.at('2021-08-01');
    const visitor = await signedIn(staff.userName);
    const answer = await visitor.post(
      '/training-sessions/past',
      { ...typed, submittedOn: '2021-05-20', centreId: '' },
      { from: '/training-sessions/past/new' },
    );
    expect(answer.status).to.equal(303);
    expect((await visitor.get(answer.location!)).text).to.include('补录');
    world.at('2021-05-01');
  });

  it('keeps sessions from other centres and from roles without the permission', async () => {
    const { session } = await aSession(world.deps);
    const other = await aSession(world.deps);
    const stranger = await signedIn(other.staff.userName);
    for (const tail of ['', '/edit', '/changes/new', '/cancellation/new'])
      expect((await stranger.get(`/training-sessions/${session.id}${tail}`)).status, tail).to.equal(404);
    const evaluator = await anOrganisation(world.deps, {
      capacities: ['evaluator'],
      numberPrefix: 'Y000032059901',
    });
    const tester = await anActor(world.deps, 'evaluatorStaff', { organisationId: evaluator.id });
    expect((await (await signedIn(tester.userName)).get('/training-sessions')).status).to.equal(403);
    expect((await site.visitor().get('/training-sessions')).status).to.be.oneOf([302, 303]);
  });

  it('speaks English', async () => {
    const { session, staff } = await anApprovedSession(world);
    const visitor = await signedIn(staff.userName);
    await visitor.post('/display-settings', { lang: 'en', to: '/home' }, { from: '/home' });
    for (const path of ['/training-sessions', '/training-sessions/new', `/training-sessions/${session.id}`]) {
      const page = await visitor.get(path);
      expect(page.status).to.equal(200);
      expect(page.text).to.match(/Training session|New training session|Lesson plan/);
    }
  });
});

function changeOf(facts: object): Record<string, string> {
  const session = facts as Record<string, unknown>;
  const fields = [
    'name',
    'capacity',
    'theoryHours',
    'practiceHours',
    'startsOn',
    'endsOn',
    'venue',
    'areaCode',
  ];
  return {
    ...Object.fromEntries(fields.map((field) => [field, String(session[field] ?? '')])),
    evaluatorId: '',
    version: String(session['version']),
  };
}
