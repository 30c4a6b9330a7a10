import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { issueBatch } from '../../../src/use-cases/certifications/issue-batch.ts';
import { proposeBatch } from '../../../src/use-cases/certifications/propose-batch.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { aScoredAssessment, anEvaluator, peopleOf } from '../../support/certificates.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/assessments/scores', function () {
  this.timeout(60_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-06-01');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  async function anAssessment(names: readonly string[]) {
    world.at('2021-06-01');
    const evaluator = await anEvaluator(world.deps);
    const people = await peopleOf(world.deps, evaluator, names);
    const { assessment } = await aScoredAssessment(world.deps, evaluator, people);
    const staff = site.visitor();
    await staff.signIn(evaluator.staff.userName);
    const candidates = () =>
      world.deps.candidates.find(district, { assessmentId: assessment.id }, { sort: { nameSortKey: 1 } });
    const at = `/assessments/${assessment.id}`;
    const post = (fields: Record<string, string>, visitor: Visitor = staff) =>
      visitor.post(`${at}/scores`, { on: '2021-06-01', ...fields }, { from: `${at}/scores/new` });
    return { evaluator, assessment, staff, candidates, at, post };
  }

  it('makes a re-sit of the rows that changed and leaves the others', async () => {
    const { evaluator, staff, candidates, post } = await anAssessment(['郑一', '郑二']);
    world.at('2021-06-03');
    await staff.signIn(evaluator.staff.userName);
    const [one, two] = await candidates();
    const same = { theory: '80', practice: '75' };
    const fields = {
      on: '2021-06-03',
      [`theory.${one!.id}`]: same.theory,
      [`practice.${one!.id}`]: same.practice,
      [`theory.${two!.id}`]: '８８．５',
      [`practice.${two!.id}`]: '75',
    };
    expect((await post(fields)).location).to.match(/^\/assessments\//);
    const after = await candidates();
    expect(after.map((each) => each.attempts.length)).to.deep.equal([1, 2]);
    expect(after[1]!.attempts[1]).to.include({ theory: 88.5, on: '2021-06-03' });
  });

  it('says everything that is wrong at once, whose it is, and keeps it', async () => {
    const { candidates, post } = await anAssessment(['郑三', '郑四']);
    const [one, two] = await candidates();
    const refused = await post({ [`theory.${one!.id}`]: '101', [`theory.${two!.id}`]: '五十八' });
    expect(refused.status).to.equal(422);
    expect(refused.text)
      .to.include('有 2 处需要改正')
      .and.to.include(`${one!.name}：101 不在 0 到 100 之间`)
      .and.to.include('“五十八”不是分数')
      .and.to.include('value="五十八"');
  });

  it('names the line of a pasted list that cannot be read', async () => {
    const { staff, at } = await anAssessment(['郑九']);
    const list = '郑十,32059920040101123X,某厂\n空号,,某厂';
    const refused = await staff.post(`${at}/candidates`, { list }, { from: `${at}/candidates/new` });
    expect(refused.text).to.include('第 1 行：号码校验不符').and.to.include('第 2 行：填写身份证号。');
  });

  it('takes somebody with a passport, whose birth day and gender the list says', async () => {
    const { staff, at, candidates } = await anAssessment(['郑甲']);
    const list = 'Anna Example，E12345678，护照，1999-03-05，女，示例公司';
    const added = await staff.post(`${at}/candidates`, { list }, { from: `${at}/candidates/new` });
    expect(added.location).to.equal(at);
    const anna = (await candidates()).find((one) => one.name === 'Anna Example');
    expect(anna).to.include({ birthDay: '1999-03-05', gender: 'female', employer: '示例公司' });
  });

  it('tells namesakes apart by their learner numbers, and keeps a refused paste in sight', async () => {
    const { post, staff, at, candidates } = await anAssessment(['郑五', '郑五', '郑六']);
    const numbers = await Promise.all(
      (await candidates()).map(
        async (one) => (await world.deps.people.get(district, one.personId)).learnerNumber,
      ),
    );
    for (const page of [at, `${at}/scores/new`, `${at}/corrections/new`]) {
      const { text } = await staff.get(page);
      expect(
        numbers.filter((one) => text.includes(one)),
        page,
      ).to.have.length(2);
    }
    const refused = await post({ pasted: '郑五\t80\t80' });
    expect(refused.text).to.include('<details open>').and.to.include('有多位“郑五”');
  });

  it('locks with the batch, offers no field for the certified, and corrects with a reason in the history', async () => {
    const { evaluator, assessment, staff, candidates, at } = await anAssessment(['郑七', '郑八']);
    const { deps } = world;
    const [first, second] = await candidates();
    const batch = await proposeBatch(deps, {
      actor: evaluator.staff,
      assessmentId: assessment.id,
      candidateIds: [first!.id],
    });
    await issueBatch(deps, { actor: evaluator.approver, batchId: batch.id });
    expect((await staff.get(at)).text).to.include('已锁定');
    const grid = (await staff.get(`${at}/scores/new`)).text;
    expect(grid).to.include(`name="theory.${second!.id}"`).and.to.not.include(`name="theory.${first!.id}"`);

    const correct = async (id: string) => {
      const { version } = await deps.candidates.get(district, id);
      return staff.post(
        `${at}/corrections`,
        { attempt: `${id}.0.${version}`, theory: '70', practice: '75', reason: '试卷复核漏计一题' },
        { from: `${at}/corrections/new` },
      );
    };
    const refused = await correct(first!.id);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('先由人社局以“误发”撤销证书').and.to.include('试卷复核漏计一题');
    expect((await correct(second!.id)).location).to.equal(at);
    const { text } = await staff.get(at);
    expect(text)
      .to.include(`已更正${second!.name}的成绩。`)
      .and.to.include('更正成绩')
      .and.to.match(/理论：80 → 70/)
      .and.to.include('试卷复核漏计一题');
  });
});
