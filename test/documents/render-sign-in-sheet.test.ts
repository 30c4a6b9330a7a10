import { expect } from 'chai';
import { renderSignInSheet } from '../../src/documents/render-sign-in-sheet.ts';
import type { SignInSheet } from '../../src/documents/types.ts';
import { overlaps, readPdf } from './read-pdf.ts';

function aSheet(lessons: number, trainees: number, changes: Partial<SignInSheet> = {}): SignInSheet {
  return {
    lang: 'zh',
    centreName: '华翼职业培训学校',
    sessionName: '数控铣工（四级）第 7 期',
    facts: [
      { label: '班号', value: 'CNC-07' },
      { label: '地点', value: '示例路 1 号 302 教室' },
    ],
    lessons: Array.from({ length: lessons }, (_, index) => ({
      day: `2021-12-${String(index + 1).padStart(2, '0')}`,
      time: '09:00–11:15',
      topic: '平面铣削',
    })),
    trainees: Array.from({ length: trainees }, (_, index) => ({
      name: index === 3 ? '阿不都热依木·买买提艾力江·吐尔逊阿依提' : `学员${index + 1}`,
      documentNumber: `320599********${String(1000 + index)}`,
      employer: index % 2 === 0 ? '苏州市相城区示例精密机械制造有限公司' : null,
    })),
    createdAt: new Date('2021-12-01T00:00:00Z'),
    ...changes,
  };
}

const texts = (page: { spans: readonly { text: string }[] }) => page.spans.map(({ text }) => text);

describe('documents/render-sign-in-sheet', () => {
  it('gives one lesson its facts, every trainee a numbered row, and boxes to sign in and out', async () => {
    const { pages } = readPdf(await renderSignInSheet(aSheet(1, 45)));
    expect(texts(pages[0]!)).to.include.members([
      '培训签到表',
      '班号',
      'CNC-07',
      '上课时间',
      '平面铣削',
      '45 人',
    ]);
    expect(texts(pages[0]!)).to.include('2021年12月1日 09:00–11:15');
    const numbers = pages.flatMap(texts).filter((text) => /^\d+$/.test(text));
    expect(numbers).to.deep.equal(Array.from({ length: 45 }, (_, index) => String(index + 1)));
    for (const [index, page] of pages.entries()) {
      expect(texts(page)).to.include.members(['序号', '签到', '签退']);
      expect(texts(page)).to.include(`第 ${index + 1} 页，共 ${pages.length} 页`);
      expect(texts(page)).to.include('到：本人签名；不到 ○；告假 ×；迟到 ¢；早退 △');
      expect(overlaps(page.spans)).to.deep.equal([]);
    }
    expect(pages.length).to.be.greaterThan(1);
    expect(texts(pages.at(-1)!)).to.include('授课教师（签名）');
  });

  it('draws a grid of the lessons, twenty on a sheet', async () => {
    const { pages } = readPdf(await renderSignInSheet(aSheet(25, 10, { lang: 'en' })));
    expect(pages).to.have.length(2);
    expect(texts(pages[0]!)).to.include.members([
      'Training attendance grid',
      '1 to 20 of 25',
      '12-01',
      '12-20',
      '09:00',
    ]);
    expect(texts(pages[0]!)).not.to.include('12-21');
    expect(texts(pages[1]!)).to.include.members([
      '21 to 25 of 25',
      '12-21',
      '12-25',
      '学员10',
      'Page 2 of 2',
    ]);
    for (const page of pages) expect(overlaps(page.spans)).to.deep.equal([]);
  });

  it('gives the same bytes for the same data and refuses a sheet without a lesson', async () => {
    const bytes = await renderSignInSheet(aSheet(2, 3));
    expect((await renderSignInSheet(aSheet(2, 3))).equals(bytes)).to.equal(true);
    let message = '';
    await renderSignInSheet(aSheet(0, 3)).catch((error: Error) => (message = error.message));
    expect(message).to.include('needs a lesson');
  });
});
