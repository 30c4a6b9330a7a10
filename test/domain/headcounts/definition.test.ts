// The printed definitions and the rules that count must speak of the same figures, units and versions.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { definitionFor, figureCodes, figureRules, measures } from '../../../src/domain/headcounts/index.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}
interface FigureData {
  readonly code: string;
  readonly name: Text;
  readonly unit: string;
  readonly recorded: boolean;
  readonly versions: readonly { version: number; effectiveFrom: string; definition: Text }[];
}
const file = new URL('../../../templates/figures.json', import.meta.url);
const data = JSON.parse(readFileSync(file, 'utf8')) as {
  units: Record<string, Text>;
  companions: Record<string, { name: Text; unit: string }>;
  figures: FigureData[];
};

describe('domain/headcounts/definition', () => {
  it('takes the latest version in force on the first day of the year', () => {
    const versions = [
      { version: 1, effectiveFrom: '2019-01-01' },
      { version: 3, effectiveFrom: '2022-07-01' },
      { version: 2, effectiveFrom: '2021-01-01' },
    ];
    const taken = [2018, 2019, 2020, 2021, 2022, 2023].map((year) => definitionFor(versions, year)?.version);
    expect(taken).to.deep.equal([undefined, 1, 1, 2, 2, 3]);
  });

  it('is printed for all 41 figures in both languages with a known unit', () => {
    expect(data.figures.map(({ code }) => code)).to.deep.equal(figureCodes);
    for (const { code, name, unit, versions } of data.figures) {
      expect(Object.keys(data.units), code).to.include(unit);
      for (const text of [name, ...versions.map(({ definition }) => definition)]) {
        expect(text.zh, code).to.match(/\p{Script=Han}/u);
        expect(text.en, code)
          .to.match(/[a-z]/)
          .and.not.match(/\p{Script=Han}/u);
      }
      expect(definitionFor(versions, 2020), code).to.not.equal(null);
    }
  });

  it('is that of the rule: same version, unit and companions', () => {
    expect(data.figures.filter(({ recorded }) => recorded).map(({ code }) => code)).to.deep.equal(
      figureRules.map(({ code }) => code),
    );
    for (const rule of figureRules) {
      const figure = data.figures.find(({ code }) => code === rule.code)!;
      expect(figure.unit, rule.code).to.equal(measures[rule.measure].unit);
      expect(definitionFor(figure.versions, 2021)!.version, rule.code).to.equal(rule.version);
      for (const key of rule.companions) expect(data.companions[key]?.unit, key).to.equal(measures[key].unit);
    }
  });

  it('says of the other figures that they are not recorded yet', () => {
    for (const { recorded, versions } of data.figures) {
      const text = versions[0]!.definition;
      expect(text.en.startsWith('Not recorded yet')).to.equal(!recorded);
      expect(text.zh.startsWith('尚未记录')).to.equal(!recorded);
    }
  });
});
