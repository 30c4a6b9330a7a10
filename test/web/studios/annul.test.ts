import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { recogniseStudio, upgradeStudio } from '../../../src/use-cases/studios/recognise-studio.ts';
import { recogniseTrainingPlatform } from '../../../src/use-cases/studios/recognise-training-platform.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const first = { tier: 'district', recognisedOn: '2021-03-01', document: '相人社〔2021〕1号' } as const;
const reason = '复核认定材料不实';

describe('web/studios/annul', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let actor: Awaited<ReturnType<typeof anActor>>;
  let officer: Visitor;
  before(async () => {
    world = await openWorld('2021-06-01');
    site = await openSite(world.deps);
    actor = await anActor(world.deps, 'bureauOfficer');
    officer = site.visitor();
    await officer.signIn(actor.userName);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  async function aStudio() {
    const { deps } = world;
    const { id } = await recogniseStudio(deps, {
      actor,
      facts: {
        name: '王师傅工作室',
        kind: 'skill_master',
        hostId: null,
        hostName: '某公司',
        occupationCode: null,
        craft: null,
        areaCode: '320507001',
        members: [{ name: '王师傅', role: 'lead', skillLevel: null, from: '2021-03-01', to: null }],
        termEnd: '2024-02-29',
      },
      recognition: first,
    });
    return { id, page: `/studios/${id}` };
  }
  const formOf = async (subjectId: string, tier = 'district') => {
    const [one] = await world.deps.recognitions.find(district, { subjectId, tier });
    return { form: `/recognitions/${one!.id}/annulment/new`, act: `/recognitions/${one!.id}/annulment` };
  };

  it('says beforehand what changes, annuls with a reason, and then it is so', async () => {
    const { id, page } = await aStudio();
    const { form, act } = await formOf(id);
    expect((await officer.get(page)).text).to.include(`href="${form}"`);
    expect(textOf((await officer.get('/years/2021')).text)).to.match(/F18 \S+ 1 家/);
    expect(textOf((await officer.get(form)).text))
      .to.include('王师傅工作室 · 区级，2021年3月1日认定，相人社〔2021〕1号')
      .and.include('没有其他认定，此后显示“摘牌”。')
      .and.match(/2021 F18 区级技能大师工作室 1 0 3月 −1/);
    const done = await officer.post(act, { reason }, { from: form });
    expect([done.status, done.location]).to.deep.equal([303, page]);
    const after = (await officer.get(page)).text;
    expect(textOf(after)).to.include('摘牌').and.include('已作废').and.include(reason);
    expect(after, 'nothing is left to annul, raise or renew').to.not.match(/annulment|\/upgrade|\/renewal/);
    expect(textOf((await officer.get('/years/2021')).text)).to.match(/F18 \S+ 0 家/);
  });

  it('is refused a second time, on the page and when sent', async () => {
    const { id } = await aStudio();
    const { form, act } = await formOf(id);
    const late = await officer.get(form);
    expect((await officer.post(act, { reason }, { from: form })).status).to.equal(303);
    const again = await officer.post(act, { reason }, { from: form });
    expect(late.status).to.equal(200);
    expect(again.status).to.equal(422);
    expect(textOf(again.text)).to.include('此认定已作废。');
    expect((await officer.get(form)).text).to.not.include(`action="${act}"`);
  });

  it('lets a raised studio stand at the tier that is left, with its term', async () => {
    const { id, page } = await aStudio();
    await upgradeStudio(world.deps, {
      actor,
      studioId: id,
      recognition: { tier: 'municipal', recognisedOn: '2021-05-01', document: '苏人社〔2021〕9号' },
      termEnd: '2026-04-30',
    });
    const { form, act } = await formOf(id, 'municipal');
    expect(textOf((await officer.get(form)).text))
      .to.include('此后级别为区级。')
      .and.include('没有统计会因此变化。');
    await officer.post(act, { reason }, { from: form });
    expect(await world.deps.studios.get(district, id)).to.include({
      tier: 'district',
      termEnd: '2024-02-29',
      status: 'recognised',
    });
    expect((await officer.get(page)).text).to.include((await formOf(id)).form);
  });

  it('annuls the recognition of a platform on the same page, and the platform tells of it', async () => {
    const { id } = await recogniseTrainingPlatform(world.deps, {
      actor,
      facts: {
        name: '装备平台',
        hostId: null,
        hostName: '某公司',
        industry: '装备',
        areaCode: '320507001',
        capacity: 60,
        occupationCodes: [],
        termEnd: null,
      },
      recognition: first,
    });
    const { form, act } = await formOf(id);
    expect(textOf((await officer.get(form)).text)).to.match(/2021 F19 区级重点产业人才培训平台 1 0 3月 −1/);
    const page = `/training-platforms/${id}`;
    expect((await officer.post(act, { reason }, { from: form })).location).to.equal(page);
    expect(textOf((await officer.get(page)).text))
      .to.include('摘牌')
      .and.include(reason);
    const shown = textOf((await officer.get(page)).text);
    expect(shown).to.include('类别：重点产业人才培训平台').and.not.include('training_platform');
    expect(textOf((await officer.get('/training-platforms')).text)).to.include('摘牌');
  });

  it('offers it to nobody who may not', async () => {
    const { id, page } = await aStudio();
    const reviewer = site.visitor();
    await reviewer.signIn((await anActor(world.deps, 'bureauReviewer')).userName);
    expect((await reviewer.get(page)).text).to.not.include('annulment');
    expect((await reviewer.get((await formOf(id)).form)).status).to.equal(403);
  });
});
