// A name that says something else than the content is refused in words, by every form that takes a file.
import { expect } from 'chai';
import { contradictionOf, type FileKind } from '../../../src/domain/shared/file-kind.ts';
import { makeClaimCodes } from '../../../src/use-cases/certifications/make-claim-codes.ts';
import { takesEvidence } from '../../../src/web/evidence/evidence-form.ts';
import { allRoutes } from '../../../src/web/routes.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { aSession } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';

const pdf = Buffer.from('%PDF-1.7 proof');
const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
const csv = Buffer.from('姓名,证件号码');

describe('web/kernel/file-endings', function () {
  this.timeout(120_000);
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

  it('lets names that fit be, whatever their letters', () => {
    const fit: readonly (readonly [string, Buffer, FileKind])[] = [
      ['花名册.XLSX', zip, 'sheet'],
      ['a.b.csv', csv, 'sheet'],
      ['名单.txt', csv, 'sheet'],
      ['照片.JPG', jpeg, 'jpeg'],
      ['照片.jpeg ', jpeg, 'jpeg'],
      ['证明.pdf', pdf, 'pdf'],
      // What is no kind of ours is for the reader to explain.
      ['旧表.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'sheet'],
      ['空.csv', Buffer.alloc(0), 'sheet'],
      ['说明.docx', Buffer.concat([zip, Buffer.from('word/document.xml')]), 'sheet'],
    ];
    for (const [name, bytes, kind] of fit)
      expect(contradictionOf({ name, bytes }, [kind]), name).to.equal(null);
  });

  it('finds a name that says otherwise, or nothing', () => {
    for (const [name, bytes, kind, content] of [
      ['花名册.csv', zip, 'sheet', 'XLSX'],
      ['花名册.xls', csv, 'sheet', 'CSV'],
      ['花名册.xlsx', csv, 'sheet', 'CSV'],
      ['花名册.xlsx.exe', zip, 'sheet', 'XLSX'],
      ['照片.png', jpeg, 'jpeg', 'JPEG'],
      ['proof', pdf, 'pdf', 'PDF'],
      ['pdf', pdf, 'pdf', 'PDF'],
      ['proof.', pdf, 'pdf', 'PDF'],
    ] as const)
      expect(contradictionOf({ name, bytes }, [kind])?.content, name).to.equal(content);
  });

  it('says so at every form with a file, names the file and the cure, and keeps nothing', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const [personId] = (await peopleOf(deps, evaluator, ['周八'])) as [string];
    const [certificate] = await certificatesFor(deps, evaluator, [personId]);
    const [slip] = await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate!.batchId! });
    const holder = site.visitor();
    await holder.post(
      '/certificate-finds',
      { number: certificate!.number, name: '周八', claimCode: slip!.claimCode },
      { from: '/certificate-finds/new' },
    );
    const course = await aSession(deps);
    const as = async ({ userName }: { userName: string }): Promise<Visitor> => {
      const visitor = site.visitor();
      await visitor.signIn(userName);
      return visitor;
    };
    const officer = await as(await anActor(deps, 'bureauOfficer'));
    const centre = await as(course.staff);
    const examiner = await as(evaluator.staff as typeof evaluator.staff & { userName: string });
    const forms: Readonly<Record<string, readonly [Visitor, string, string, string]>> = {
      '/my/requests': [holder, '/my/requests', '/my/requests', ''],
      '/training-sessions/:id/roster': [
        centre,
        `/training-sessions/${course.session.id}/roster`,
        `/training-sessions/${course.session.id}/roster/new`,
        'roster',
      ],
      '/certificate-imports': [officer, '/certificate-imports', '/certificate-imports/new', ''],
      '/assessments/:id/scores': [
        examiner,
        `/assessments/${certificate!.assessmentId!}/scores`,
        `/assessments/${certificate!.assessmentId!}/scores`,
        '',
      ],
    };
    // Forms of sensitive edits share one piece, and are asked in test/web/evidence/sensitive-edits.test.ts.
    const withFile = allRoutes(deps).filter(
      ({ intake, path }) =>
        Object.keys(intake?.files ?? {}).length > 0 &&
        (intake!.files !== takesEvidence.files || path in forms),
    );
    expect(withFile.map(({ path }) => path)).to.have.members(Object.keys(forms));
    const files = () => deps.keptFiles.model.countDocuments({});
    const before = await files();
    for (const { path, intake } of withFile) {
      const [visitor, to, from] = forms[path]!;
      const [[field, kinds]] = Object.entries(intake!.files) as [[string, readonly FileKind[]]];
      const bytes = kinds.includes('sheet') ? zip : pdf;
      for (const [lang, words] of [
        ['zh', /文件“证明\.png”的扩展名与内容不符：内容是 (XLSX|PDF)。把扩展名改为 \.(xlsx|pdf)/],
        [
          'en',
          /“证明\.png” does not fit its content, which is (XLSX|PDF)\. Rename it to end in \.(xlsx|pdf)/,
        ],
      ] as const) {
        await visitor.post('/display-settings', { lang, back: '/' }, { from: '/' });
        const answer = await visitor.post(to, {}, { from, files: [{ field, name: '证明.png', bytes }] });
        expect(answer.status, path).to.equal(422);
        expect(answer.text.replaceAll('&quot;', '"'), path).to.match(words);
      }
    }
    expect(await files()).to.equal(before);
  });
});
