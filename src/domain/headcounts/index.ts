// Headcounts: the one place the numbers of a year come from. Facts in; figures, tables, months and the rows behind out.
export { buildYear, dimensionsOf, type YearColumns } from './year-columns.ts';
export { countFigure, countFigures, figureCodes, figureRules, type FigureCount } from './figures.ts';
export { applies, countMeasure, type Count } from './count.ts';
export { countTable, type Axis, type CrossTable, type TableQuery } from './cross-table.ts';
export { countMonths, compareMonths, type MonthSeries, type YearComparison } from './month-series.ts';
export { findRows, type FoundEntry, type FoundRows } from './rows-behind.ts';
export type { Effect } from './effects.ts';
export { countAnnulmentEffects } from './annulment-effects.ts';
export { countRevocationEffects } from './revocation-effects.ts';
export { countWithdrawalEffects } from './withdrawal-effects.ts';
export { countCancellationEffect } from './cancellation-effect.ts';
export { suppressNumber, suppressTable, type SuppressedTable } from './suppression.ts';
export type { PrintedNumber } from './protect-grid.ts';
export { definitionFor, type DefinitionVersion } from './definition.ts';
export { holdsMember, mayBeMember, membersOf } from './members.ts';
export type { Overlap } from './count-cells.ts';
export type { Condition, Query } from './query.ts';
export * from './facts.ts';
export {
  dimensions,
  notApplicable,
  outside,
  personalAttributes,
  severalPerPerson,
  unknown,
  type Dimension,
  type Member,
} from './dimensions.ts';
export { measureNames, measures, tableMeasures, type MeasureName, type UnitCode } from './measures.ts';
