import { expect } from 'chai';
import { renderHeadcountSummary } from '../../src/documents/render-headcount-summary.ts';
import type { HeadcountSummary } from '../../src/documents/types.ts';
import { overlaps, readPdf } from './read-pdf.ts';

function aSummary(changes: Partial<HeadcountSummary> = {}): HeadcountSummary {
  return {
    lang: 'zh',
    title: '2021年职业技能培训与证书统计',
    organisation: '示例人力资源和社会保障局',
    scope: ['全区，暂定'],
    asOf: '2022年1月5日 10:31',
    createdAt: new Date('2022-01-05T02:31:00Z'),
    tiles: [
      {
        label: '补贴性职业技能培训',
        value: '51,990',
        unit: '人次',
        companions: ['44,120 人'],
        change: '▲ 比上年增 3.2%',
        definition: 'F13，版本 1',
      },
      {
        label: '取得证书',
        value: '5,901',
        unit: '人',
        companions: [],
        change: null,
        definition: 'F14，版本 1',
      },
    ],
    chart: {
      title: '培训集中在五月和六月',
      measure: '补贴性培训，人次，全区，2021年1-12月',
      current: '2021年',
      previous: '2020年',
      months: Array.from({ length: 12 }, (_, index) => ({
        label: `${index + 1}月`,
        value: index === 11 ? null : 3000 + index * 400,
        valueText: String(3000 + index * 400),
        previous: 2500 + index * 350,
      })),
    },
    tables: [
      {
        title: '按培训机构',
        measure: '补贴性培训，2021年',
        columns: [
          { label: '机构', align: 'left' },
          { label: '人次', align: 'right' },
        ],
        rows: [
          ...Array.from({ length: 60 }, (_, index) => ({
            cells: [`机构${index + 1}`, String(1000 + index)],
          })),
          { cells: ['合计', '51,990'], total: true },
        ],
        notes: ['合计单独计数。'],
      },
    ],
    definitions: [
      { code: 'F13', label: '补贴性职业技能培训', unit: '人次', text: '不含以工代训。', version: '1' },
    ],
    notes: ['人数一年只计一次。'],
    ...changes,
  };
}

const texts = (page: { spans: readonly { text: string }[] }) => page.spans.map(({ text }) => text);

describe('documents/render-headcount-summary', () => {
  it('shows tiles, chart, table, definitions with version, notes and the moment it stands for', async () => {
    const { pages } = readPdf(await renderHeadcountSummary(aSummary()));
    const all = pages.flatMap(texts);
    expect(all).to.include.members([
      '51,990',
      '人次',
      '44,120 人',
      '▲ 比上年增 3.2%',
      '口径 F13，版本 1',
      '5,901',
    ]);
    expect(all).to.include.members(['培训集中在五月和六月', '2021年', '2020年', '3000', '未报']);
    expect(all).to.include.members(['F13', '补贴性职业技能培训（人次），口径版本 1', '不含以工代训。']);
    expect(texts(pages[0]!), 'a note does not stand alone at the end').to.include('人数一年只计一次。');
    for (const [index, page] of pages.entries()) {
      expect(texts(page)).to.include('数据截至 2022年1月5日 10:31');
      expect(texts(page)).to.include(`第 ${index + 1} 页，共 ${pages.length} 页`);
    }
  });

  it('repeats the header row on every page of a table and tears no row', async () => {
    const { pages } = readPdf(await renderHeadcountSummary(aSummary()));
    const withRows = pages.filter((page) => texts(page).some((text) => /^机构\d/.test(text)));
    expect(withRows.length).to.be.greaterThan(1);
    for (const page of withRows) expect(texts(page)).to.include.members(['机构', '人次']);
    for (let index = 0; index < 60; index += 1) {
      const page = pages.find((candidate) => texts(candidate).includes(`机构${index + 1}`))!;
      const row = page.spans.find(({ text }) => text === `机构${index + 1}`)!;
      expect(
        page.spans.some(({ text, y }) => text === String(1000 + index) && Math.abs(y - row.y) < 1),
      ).to.equal(true);
    }
  });

  it('splits a table that is too wide and names its rows again', async () => {
    const columns = Array.from({ length: 15 }, (_, index) => ({
      label: `板块名称${index + 1}`,
      align: 'right' as const,
    }));
    const table = {
      title: '技能等级与板块',
      measure: '取证人数，人',
      columns: [{ label: '等级', align: 'left' as const }, ...columns],
      rows: [{ cells: ['三级/高级工', ...columns.map((_, index) => `${index + 100}`)] }],
      notes: [],
    };
    const { pages } = readPdf(await renderHeadcountSummary(aSummary({ tables: [table], chart: null })));
    const all = pages.flatMap(texts);
    expect(all).to.include('技能等级与板块（续 2）');
    expect(all.filter((text) => text === '三级/高级工')).to.have.length(2);
    for (let index = 0; index < 15; index += 1) expect(all).to.include(`${index + 100}`);
    for (const page of pages) {
      expect(overlaps(page.spans)).to.deep.equal([]);
      expect(page.spans.filter(({ x, width }) => x + width > 595 - 42)).to.deep.equal([]);
    }
  });

  it('speaks English, overlaps nothing and gives the same bytes for the same data', async () => {
    const bytes = await renderHeadcountSummary(aSummary({ lang: 'en', asOf: '5 January 2022, 10:31' }));
    const { pages, catalog, info } = readPdf(bytes);
    expect(pages.flatMap(texts)).to.include.members(['As of 5 January 2022, 10:31', 'Definitions', 'none']);
    expect(catalog).to.include('/Lang (en)');
    expect(info.CreationDate).to.equal('D:20220105023100Z');
    for (const page of pages) expect(overlaps(page.spans)).to.deep.equal([]);
    expect(
      (await renderHeadcountSummary(aSummary({ lang: 'en', asOf: '5 January 2022, 10:31' }))).equals(bytes),
    ).to.equal(true);
  });

  it('draws a year without any number, and without chart, tables or notes', async () => {
    const months = Array.from({ length: 12 }, (_, index) => ({
      label: `${index + 1}`,
      value: 0,
      valueText: '0',
      previous: null,
    }));
    const chart = { ...aSummary().chart!, months };
    expect(readPdf(await renderHeadcountSummary(aSummary({ chart }))).pages[0]!.text).to.include('培训集中');
    const bare = aSummary({ chart: null, tables: [], definitions: [], notes: [] });
    expect(readPdf(await renderHeadcountSummary(bare)).pages).to.have.length(1);
  });
});
