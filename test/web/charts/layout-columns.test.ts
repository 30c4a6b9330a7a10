import { expect } from 'chai';
import { layoutColumns } from '../../../src/web/charts/layout-columns.ts';

const size = { width: 720, height: 288 };
const month = (
  number: number,
  value: number | null,
  lastYear: number | null = null,
  provisional = false,
) => ({
  month: number,
  value,
  lastYear,
  provisional,
});

describe('src/web/charts/layout-columns', () => {
  it('draws heights in proportion, from zero', () => {
    const { months, plot } = layoutColumns([month(1, 100), month(2, 50), month(3, 0)], size);
    const heights = months.map(({ column }) => column?.height ?? -1);
    expect(heights[0]).to.be.closeTo(2 * (heights[1] ?? 0), 0.02);
    expect(heights[2]).to.equal(0);
    for (const { column } of months) {
      expect((column?.y ?? 0) + (column?.height ?? 0)).to.be.closeTo(plot.y + plot.height, 0.02);
    }
  });

  it('keeps every box inside the plot and apart from its neighbour', () => {
    for (const width of [720, 336]) {
      const data = Array.from({ length: 12 }, (_, index) =>
        month(index + 1, index * 517, 6000 - index * 400),
      );
      const { months, plot } = layoutColumns(data, { width, height: 240 });
      let edge = plot.x;
      for (const { outline, column } of months) {
        expect(outline?.x).to.be.at.least(edge - 0.02);
        edge = (outline?.x ?? 0) + (outline?.width ?? 0);
        expect(edge).to.be.at.most(plot.x + plot.width + 0.02);
        expect(Math.min(outline?.y ?? 0, column?.y ?? 0)).to.be.at.least(plot.y - 0.02);
      }
      const band = plot.width / 12;
      expect(band - (months[0]?.outline?.width ?? 0)).to.be.below(months[0]?.column?.width ?? 0);
    }
  });

  it('leaves a gap for a month not reported', () => {
    const { months } = layoutColumns([month(1, null, 80), month(2, 40)], size);
    expect(months[0]?.column).to.equal(null);
    expect(months[0]?.outline).not.to.equal(null);
  });

  it('marks the highest month above whatever is drawn there', () => {
    const { peak, months } = layoutColumns([month(1, 40), month(5, 90, 100)], size);
    expect(peak).to.include({ month: 5, value: 90 });
    expect(peak?.y).to.be.below(months[1]?.outline?.y ?? 0);
    expect(layoutColumns([month(1, 0)], size).peak).to.equal(null);
    expect(layoutColumns([month(1, null)], size).peak).to.equal(null);
  });
});
