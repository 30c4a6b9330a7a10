// The 41 figures of the yearly bulletin: F13 to F20 are counted from records, the others are not recorded yet.
import { countMeasure, type Count } from './count.ts';
import type { MeasureName, UnitCode } from './measures.ts';
import type { Query } from './query.ts';
import type { YearColumns } from './year-columns.ts';

export interface FigureRule {
  readonly code: string;
  readonly measure: MeasureName;
  /** Numbers printed beside it: the other unit, or what the definition leaves out. */
  readonly companions: readonly MeasureName[];
  /** Version of the definition this rule carries out. */
  readonly version: number;
}

export const figureRules: readonly FigureRule[] = [
  { code: 'F13', measure: 'personTimes', companions: ['persons', 'noShows', 'workTraining'], version: 1 },
  { code: 'F14', measure: 'certifiedPersons', companions: ['certificates'], version: 1 },
  { code: 'F15', measure: 'filingEnterprises', companions: ['firstFilers'], version: 1 },
  { code: 'F16', measure: 'newApprentices', companions: ['earlierApprentices'], version: 1 },
  { code: 'F17', measure: 'provincialRuralTalentStudios', companions: [], version: 1 },
  { code: 'F18', measure: 'districtSkillMasterStudios', companions: [], version: 1 },
  { code: 'F19', measure: 'districtTrainingPlatforms', companions: [], version: 1 },
  { code: 'F20', measure: 'highSkilledTalents', companions: ['highSkilledGross'], version: 1 },
];

export const figureCodes: readonly string[] = Array.from(
  { length: 41 },
  (_, index) => `F${String(index + 1).padStart(2, '0')}`,
);

export interface CompanionCount extends Count {
  readonly key: MeasureName;
}

export type FigureCount =
  | {
      readonly code: string;
      readonly recorded: true;
      readonly measure: MeasureName;
      /** Null, not 0, where the scope or a filter does not apply to these records. */
      readonly value: number | null;
      readonly unit: UnitCode;
      readonly companions: readonly CompanionCount[];
      readonly version: number;
    }
  | { readonly code: string; readonly recorded: false; readonly value: null };

/** All figures of the year under a query, F01 to F41 in order. */
export function countFigures(columns: YearColumns, query: Query): readonly FigureCount[] {
  return figureCodes.map((code) => countFigure(columns, code, query));
}

/** One figure under a query; a figure without records has no value, never 0. */
export function countFigure(columns: YearColumns, code: string, query: Query): FigureCount {
  const rule = figureRules.find((figure) => figure.code === code);
  if (rule === undefined) return { code, recorded: false, value: null };
  const { value, unit } = countMeasure(columns, rule.measure, query);
  return {
    code,
    recorded: true,
    measure: rule.measure,
    value,
    unit,
    companions: rule.companions.map((key) => ({ key, ...countMeasure(columns, key, query) })),
    version: rule.version,
  };
}
