import { expect } from 'chai';
import { layoutBars } from '../../../src/web/charts/layout-bars.ts';

describe('src/web/charts/layout-bars', () => {
  const rows = [
    { label: '未归属', value: 900, last: true },
    { label: '太平街道', value: 20 },
    { label: '元和街道', value: 50 },
  ];

  it('sorts from the longest down, the unassigned last', () => {
    const layout = layoutBars(rows, 720, '其他');
    expect(layout.rows.map((row) => row.label)).to.deep.equal(['元和街道', '太平街道', '未归属']);
  });

  it('draws lengths in proportion and inside the picture', () => {
    for (const width of [720, 336]) {
      const layout = layoutBars(rows, width, '其他');
      const [first, second, last] = layout.rows;
      expect((first?.bar.width ?? 0) / (second?.bar.width ?? 1)).to.be.closeTo(2.5, 0.01);
      expect((last?.valueAt.x ?? 0) + 30).to.be.below(width);
      expect((last?.bar.y ?? 0) + (last?.bar.height ?? 0)).to.be.at.most(layout.height);
    }
  });

  it('puts the label above its bar where there is little room', () => {
    expect(layoutBars(rows, 336, '其他').rows[0]?.labelAt).to.include({ x: 0, anchor: 'start' });
    expect(layoutBars(rows, 720, '其他').rows[0]?.labelAt.anchor).to.equal('end');
  });

  it('gathers what goes beyond twelve into one bar without losing any', () => {
    const many = Array.from({ length: 15 }, (_, index) => ({ label: `${index}`, value: index + 1 }));
    const layout = layoutBars(many, 720, '其他');
    expect(layout.rows).to.have.length(12);
    expect(layout.rows.at(-1)).to.include({ label: '其他', value: 1 + 2 + 3 + 4 });
    expect(layout.rows.reduce((sum, row) => sum + row.value, 0)).to.equal(120);
    expect(layoutBars(many.slice(0, 12), 720, '其他').rows.map((row) => row.label)).not.to.include('其他');
  });
});
