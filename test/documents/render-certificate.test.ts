import { expect } from 'chai';
import { documentTypes } from '../../src/domain/people/document-type.ts';
import fc from 'fast-check';
import { skillLevels } from '../../src/domain/certifications/skill-levels.ts';
import { certificateTemplate, currentCertificateTemplate } from '../../src/documents/certificate-template.ts';
import { TextTooLong } from '../../src/documents/certificate-fact-rows.ts';
import { GlyphMissing } from '../../src/documents/fonts/missing-glyphs.ts';
import { renderCertificate, renderCertificates } from '../../src/documents/render-certificate.ts';
import { aCompletionPrint, aPrint } from './prints.ts';
import { overlaps, readPdf, readQrModules } from './read-pdf.ts';
import { readQr } from './read-qr.ts';

async function refusal(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return null;
}

async function read(print = aPrint()) {
  const pdf = readPdf(await renderCertificate(print));
  return { pdf, page: pdf.pages[0]!, texts: pdf.pages[0]!.spans.map(({ text }) => text) };
}

describe('documents/render-certificate', () => {
  it('prints every fact of a skill-level certificate on one page in both languages', async () => {
    const { pdf, texts } = await read();
    expect(pdf.pages).to.have.length(1);
    expect(texts).to.include.members(['职业技能等级证书', 'Skill-level certificate', '姓名', 'Name', '张珊']);
    expect(texts).to.include.members(['居民身份证', 'Resident identity card', '320599198506150015']);
    expect(texts).to.include.members(['多工序数控机床操作调整工', '工种（方向）', '数控铣工']);
    expect(texts).to.include.members(['三级 / 高级工', 'Level 3, senior']);
    expect(texts).to.include.members(['评价机构', 'Evaluator', '相城示例职业技能评价中心']);
    expect(texts).to.include.members(['2021年12月17日', '17 December 2021', '202100000012']);
    expect(texts).to.include('skillroll.example/checks/new');
    expect(texts.join('')).not.to.include('补发');
  });

  it('groups the 22 places of a number 1-4-2-6-2-1-6 without spaces in it', async () => {
    const { texts } = await read();
    const at = texts.indexOf('S');
    expect(texts.slice(at, at + 7)).to.deep.equal(['S', '0000', '32', '999999', '21', '3', '000001']);
  });

  it('prints hours and training period on a certificate of completion, and a free number whole', async () => {
    const { texts } = await read(aCompletionPrint());
    expect(texts).to.include.members([
      '培训合格证书',
      'Certificate of completion',
      '培训机构',
      'Training centre',
    ]);
    expect(texts).to.include.members(['56 课时', '56 class hours of 45 minutes']);
    expect(texts).to.include.members(['2021年11月8日至12月17日', '8 November to 17 December 2021']);
    expect(texts).to.include('XCPX2021-0007-0038');
    expect(texts).not.to.include('技能等级');
  });

  it('says on a replacement when it was reissued', async () => {
    const { texts, pdf } = await read(aPrint({ reissuedOn: '2022-03-05' }));
    expect(texts).to.include.members(['补发（2022年3月5日）', 'Reissued on 5 March 2022', '2021年12月17日']);
    expect(pdf.info.CreationDate).to.equal('D:20220304160000Z');
  });

  it('carries title, language and issuer as metadata, escaped where they are XML', async () => {
    const { pdf } = await read(aPrint({ issuerName: '甲&乙<丙>' }));
    expect(pdf.info.Title).to.equal('职业技能等级证书 Skill-level certificate S000032999999213000001');
    expect(pdf.info.Author).to.equal('甲&乙<丙>');
    expect(pdf.catalog).to.match(/\/Lang \(zh-CN\)/);
    expect(pdf.metadata).to.include('<rdf:li>甲&#38;乙&#60;丙&#62;</rdf:li>');
  });

  it('gives the same bytes for the same data, whatever was drawn before', async () => {
    const first = await renderCertificate(aPrint());
    await renderCertificate(aCompletionPrint({ holderName: '⼀𠮷' }));
    await renderCertificate(aPrint({ issuerName: '另一家机构', sample: true }));
    expect((await renderCertificate(aPrint())).equals(first)).to.equal(true);
    expect((await renderCertificate(aPrint({ flowNumber: '202100000013' }))).equals(first)).to.equal(false);
  });

  it('keeps characters that share a glyph apart, in one document and from one to the next', async () => {
    const radical = await read(aPrint({ holderName: '\u2f00一' }));
    expect(radical.texts).to.include('\u2f00一');
    const plain = await read(aPrint({ holderName: '王一' }));
    expect(plain.texts).to.include('王一');
  });

  it('composes names: e and an accent become one character', async () => {
    const { texts } = await read(aPrint({ holderName: 'Zoe\u0308' }));
    expect(texts).to.include('Zo\u00eb');
  });

  it('sets 𠮷 in the Japanese serif of the same weight', async () => {
    const { page } = await read(aPrint({ holderName: '𠮷野' }));
    expect(page.spans.find(({ text }) => text === '𠮷野')?.font).to.equal('NotoJpSerifBold+NotoScSerifBold');
  });

  it('refuses a character that no font has and names it', async () => {
    const error = await refusal(
      renderCertificate(aPrint({ holderName: '张\u{3106c}\ue863', trade: '\u{3106c}' })),
    );
    expect(error).to.be.instanceOf(GlyphMissing);
    expect((error as GlyphMissing).characters).to.deep.equal(['\u{3106c}', '\ue863']);
    expect((error as GlyphMissing).message).to.include('U+3106C');
  });

  it('holds the check address in the QR code, four modules clear', async () => {
    const { page } = await read();
    const modules = readQrModules(page.content);
    expect(readQr(modules)).to.equal('https://skillroll.example/c/Jx2mZk0o8p9Qb1LrT5uVwA');
    const module = (24 * 72) / 25.4 / modules.length;
    const [, x, y] = /\S+ 0 0 \S+ (\S+) (\S+) cm 0 g/.exec(page.content)!.map(Number) as [
      number,
      number,
      number,
    ];
    const edge = {
      left: x - 4 * module,
      right: x + 28 * module,
      top: y - 4 * module,
      bottom: y + (modules.length + 4) * module,
    };
    const inside = page.spans.filter(
      (span) =>
        span.x < edge.right &&
        span.x + span.width > edge.left &&
        span.y > edge.top &&
        span.y - span.size * 0.8 < edge.bottom,
    );
    expect(inside.map(({ text }) => text)).to.deep.equal([]);
  });

  it('wraps a long name at its full size, then shrinks it, never below 11 points', async () => {
    const long = await read(
      aPrint({ holderName: '阿不都热依木·买买提艾力江·吐尔逊阿依提巴图尔孟和那顺乌力吉苏和巴特尔' }),
    );
    const lines = long.page.spans.filter(({ size, font }) => size === 18 && font === 'NotoScSerifBold');
    expect(lines.map(({ text }) => text).join('')).to.equal(
      '阿不都热依木·买买提艾力江·吐尔逊阿依提巴图尔孟和那顺乌力吉苏和巴特尔',
    );
    expect(lines).to.have.length(2);
    const longest = await read(aPrint({ holderName: '名'.repeat(70) }));
    const shrunk = longest.page.spans.filter(({ text }) => /^名+$/.test(text));
    expect(shrunk.map(({ text }) => text).join('')).to.have.length(70);
    expect(shrunk[0]!.size).to.be.within(11, 17.5);
  });

  it('lets no texts overlap or leave the frame, however long they are', async () => {
    const han = fc.string({
      unit: fc.constantFrom(...'机械装配钳工电子商务（示例）培训·评价中心、ABC d'),
      minLength: 1,
    });
    const latin = fc.string({ unit: fc.constantFrom(...'ABCDEFGHabcdefgh -'), minLength: 1, maxLength: 50 });
    const sized = (most: number) =>
      fc
        .oneof(
          han.map((text) => text.repeat(9).slice(0, most)),
          latin,
        )
        .filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          holderName: sized(50),
          occupationName: sized(40),
          trade: fc.option(sized(40)),
          issuerName: sized(50),
          documentNumber: fc.string({
            unit: fc.constantFrom(...'ABCX0123456789'),
            minLength: 6,
            maxLength: 30,
          }),
          reissuedOn: fc.constantFrom(null, '2022-03-05'),
        }),
        fc.boolean(),
        async (changes, completion) => {
          const { page } = await read(completion ? aCompletionPrint(changes) : aPrint(changes));
          expect(overlaps(page.spans)).to.deep.equal([]);
          const outside = page.spans.filter(
            ({ x, y, width, size }) => x < 40 || x + width > 802 || y - size < 40 || y > 555,
          );
          expect(outside).to.deep.equal([]);
        },
      ),
      { numRuns: 60, seed: 20211217 },
    );
  });

  it('refuses texts that fit at no size instead of drawing over others', async () => {
    const error = await refusal(renderCertificate(aPrint({ trade: '工'.repeat(600) })));
    expect(error).to.be.instanceOf(TextTooLong);
  });

  it('refuses a template that there never was', async () => {
    const error = await refusal(renderCertificate(aPrint({ templateVersion: '../package' })));
    expect(String(error)).to.include('There is no document template');
  });

  it('has words for every type of document, in both languages', async () => {
    for (const { code, zh } of documentTypes) {
      const { spans } = readPdf(await renderCertificate(aPrint({ documentType: code }))).pages[0]!;
      const said = spans.map(({ text }) => text).join('');
      expect(said, code).to.include(zh).and.not.include(code);
    }
  });

  it('has words for every skill level, in both languages', () => {
    const template = certificateTemplate(currentCertificateTemplate);
    expect(Object.keys(template.skillLevels)).to.have.members(skillLevels.map(({ code }) => code));
    for (const group of [template.titles, template.words, template.documentTypes, template.skillLevels]) {
      for (const words of Object.values(group)) {
        expect(words.zh).not.to.equal('');
        expect(words.en).not.to.equal('');
      }
    }
  });

  describe('renderCertificates', () => {
    async function collect(list: Iterable<ReturnType<typeof aPrint>>) {
      const parts: Buffer[] = [];
      for await (const part of renderCertificates(list)) parts.push(part);
      return Buffer.concat(parts);
    }

    it('draws one page for each certificate, in order, as it would draw them alone', async () => {
      const prints = [
        aPrint(),
        aCompletionPrint({ holderName: '𠮷一' }),
        aPrint({ holderName: '李四', sample: true }),
      ];
      const bytes = await collect(prints);
      const { pages } = readPdf(bytes);
      const alone = await Promise.all(prints.map(async (print) => (await read(print)).page.text));
      expect(pages.map(({ text }) => text)).to.deep.equal(alone);
      expect((await collect(prints)).equals(bytes)).to.equal(true);
    });

    it('takes the next certificate only when the last page was taken', async () => {
      let asked = 0;
      const endless = (function* () {
        for (;;) {
          asked += 1;
          yield aPrint({ flowNumber: String(asked) });
        }
      })();
      let taken = 0;
      for await (const part of renderCertificates(endless)) {
        expect(part).to.be.instanceOf(Buffer);
        taken += 1;
        expect(asked).to.equal(taken);
        if (taken === 5) break;
      }
    });

    it('refuses an empty list and a name that cannot be printed', async () => {
      expect(String(await refusal(collect([])))).to.include('at least one');
      expect(await refusal(collect([aPrint(), aPrint({ holderName: '\u{3106c}' })]))).to.be.instanceOf(
        GlyphMissing,
      );
    });
  });
});
