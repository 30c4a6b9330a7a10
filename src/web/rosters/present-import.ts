// What the pages of one roster import have in common: its name, how it was read, the way back.
import type { RosterImport } from '../../domain/training/roster-import.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths, withQuery } from '../paths.ts';
import { sessionTrail } from './show-roster.ts';

/** The uploaded file's name, or the word for rows typed into a page. */
export function fileName(
  exchange: Pick<Exchange, 't'>,
  { fileName: name }: Pick<RosterImport, 'fileName'>,
): string {
  return name === '' ? exchange.t('rosters.typedIn') : name;
}

/** How the file was read: encoding, header row, number of rows. */
export function readAs(exchange: Pick<Exchange, 't'>, rosterImport: RosterImport): string {
  const { format, encoding, headerRow, rowCount: count } = rosterImport;
  if (headerRow === null) return exchange.t('rosters.readAsRows', { count });
  const read = encoding ?? format.toUpperCase();
  return exchange.t('rosters.readAs', { encoding: read, row: String(headerRow), count });
}

/** Where the file with result columns is downloaded, in both formats. */
export function errorFiles({ id }: Pick<RosterImport, 'id'>): { xlsx: string; csv: string } {
  return {
    xlsx: withQuery(paths.rosterErrorFile(id), { format: 'xlsx' }),
    csv: withQuery(paths.rosterErrorFile(id), { format: 'csv' }),
  };
}

export function importTrail(exchange: Exchange, session: TrainingSession): { href: string; text: string }[] {
  return [
    ...sessionTrail(exchange, session),
    { href: paths.roster(session.id), text: exchange.t('rosters.roster') },
  ];
}
