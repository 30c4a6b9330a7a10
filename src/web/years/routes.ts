// Figures of a year: tiles, one figure, cross-tables, the rows behind each number, and files to take along.
import type { Deps } from '../../deps.ts';
import { get, gives, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { exportTable } from './export-table.ts';
import { exportYear } from './export-year.ts';
import { showFigure } from './show-figure.ts';
import { showRecords } from './show-records.ts';
import { showTable } from './show-table.ts';
import { showLatest, showYear } from './show-year.ts';

export function yearRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.years.pattern, 'figure.view', (exchange) => showLatest(deps, exchange)),
    get(paths.year.pattern, 'figure.view', (exchange) => showYear(deps, exchange)),
    get(paths.yearTable.pattern, 'figure.view', (exchange) => showTable(deps, exchange)),
    get(paths.yearFigure.pattern, 'figure.view', (exchange) => showFigure(deps, exchange)),
    get(paths.yearRecords.pattern, 'figure.openRows', (exchange) => showRecords(deps, exchange)),
    gives(
      ['xlsx', 'csv', 'pdf'],
      get(paths.yearExport.pattern, 'figure.export', (exchange) => exportYear(deps, exchange)),
    ),
    gives(
      ['xlsx', 'csv', 'pdf'],
      get(paths.yearTableExport.pattern, 'figure.export', (exchange) => exportTable(deps, exchange)),
    ),
  ];
}
