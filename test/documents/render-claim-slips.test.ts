import { expect } from 'chai';
import { renderClaimSlips } from '../../src/documents/render-claim-slips.ts';
import type { ClaimSlips } from '../../src/documents/types.ts';
import { overlaps, readPdf } from './read-pdf.ts';

function someSlips(count: number, changes: Partial<ClaimSlips> = {}): ClaimSlips {
  return {
    lang: 'zh',
    issuerName: '相城示例职业技能评价中心',
    findAddress: 'https://skillroll.example/certificate-finds/new',
    slips: Array.from({ length: count }, (_, index) => ({
      holderName:
        index === 1
          ? '阿不都热依木·买买提艾力江·吐尔逊阿依提巴图尔孟和那顺乌力吉'
          : `张${'珊珍玲'[index % 3]}`,
      certificateKind: '职业技能等级证书',
      certificateNumber: `S00003299999921300000${index % 10}`,
      claimCode: index === 2 ? 'WWWW-MMMM-QQQQ-GGGG' : '7KQ2-93FD-XWHT-46GM',
      endsOn: '2022-06-30',
    })),
    createdAt: new Date('2021-12-18T02:00:00Z'),
    sample: false,
    ...changes,
  };
}

describe('documents/render-claim-slips', () => {
  it('puts eight slips on a page, each with name, number, code, end day and the way to the certificate', async () => {
    const { pages } = readPdf(await renderClaimSlips(someSlips(9)));
    expect(pages).to.have.length(2);
    const texts = pages[1]!.spans.map(({ text }) => text);
    expect(texts).to.include.members([
      '张玲',
      '职业技能等级证书',
      '7KQ2-93FD-XWHT-46GM',
      '有效期至 2022年6月30日',
    ]);
    expect(texts.join('')).to.include('https://skillroll.example/certificate-finds/new');
    expect(texts.join('')).to.include('S000032999999213000008');
    expect(texts).not.to.include('样张 SAMPLE');
    expect(pages[0]!.spans.filter(({ text }) => text === '证书领取单')).to.have.length(8);
  });

  it('speaks English when asked and says SAMPLE in the demo', async () => {
    const { pages, catalog } = readPdf(await renderClaimSlips(someSlips(1, { lang: 'en', sample: true })));
    expect(pages[0]!.text).to.include('Certificate claim slip').and.to.include('Valid until 30 June 2022');
    expect(pages[0]!.text).to.include('样张 SAMPLE');
    expect(catalog).to.include('/Lang (en)');
  });

  it('keeps long names, wide codes and long addresses inside the slip, apart from each other', async () => {
    for (const lang of ['zh', 'en'] as const) {
      const data = someSlips(8, {
        lang,
        findAddress: 'https://skills-and-certificates.hrss.xiangcheng.example.cn/certificate-finds/new',
      });
      const [page] = readPdf(await renderClaimSlips(data)).pages;
      expect(overlaps(page!.spans)).to.deep.equal([]);
      for (const { x, width, text } of page!.spans) {
        const slip = Math.floor(x / 297.64);
        expect(x + width, text).to.be.at.most((slip + 1) * 297.64 - 20);
      }
    }
  });

  it('prints the code of a character no font has, and the same bytes for the same data', async () => {
    const [slip] = someSlips(1).slips;
    const data = someSlips(1, { slips: [{ ...slip!, holderName: '王\u{2a6d7}' }] });
    const bytes = await renderClaimSlips(data);
    expect(readPdf(bytes).pages[0]!.text).to.include('王[U+2A6D7]');
    expect((await renderClaimSlips(data)).equals(bytes)).to.equal(true);
  });

  it('refuses to print no slip', async () => {
    let message = '';
    await renderClaimSlips(someSlips(0)).catch((error: Error) => (message = error.message));
    expect(message).to.include('no claim slip');
  });
});
