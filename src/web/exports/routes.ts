// Files with whole numbers: made for a purpose, listed to whoever had them made, fetched until they end.
import type { Deps } from '../../deps.ts';
import { exportPurposes } from '../../domain/people/export-purpose.ts';
import { termOf } from '../../domain/shared/term.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { freshForm } from '../kernel/form.ts';
import { get, gives, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { ownRecordForm, recordForm, showNewRecord } from './export-record.ts';
import { rosterNumbersForm, showNewRosterNumbers } from './export-roster-numbers.ts';

export function exportRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.exports.pattern, 'export.list', (exchange) => listExports(deps, exchange)),
    gives(
      ['xlsx', 'csv', 'zip'],
      get(paths.exportFile.pattern, 'export.list', (exchange) => sendExport(deps, exchange)),
    ),
    get(paths.newRosterNumbers.pattern, 'roster.exportNumbers', (exchange) =>
      showNewRosterNumbers(deps, exchange, freshForm()),
    ),
    post(paths.rosterNumbers.pattern, 'roster.exportNumbers', rosterNumbersForm(deps)),
    get(paths.newPersonRecord.pattern, 'person.exportRecord', (exchange) =>
      showNewRecord(deps, exchange, freshForm()),
    ),
    post(paths.personRecord.pattern, 'person.exportRecord', recordForm(deps)),
    gives(['zip'], post(paths.myRecord.pattern, 'public', ownRecordForm(deps))),
  ];
}

async function listExports(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, lang, actor, now } = exchange;
  const found = await deps.exports.ofAccount(actor.accountId, now);
  exchange.page('exports/list', t('exports.title'), {
    title: t('exports.title'),
    lead: t('exports.lead'),
    columns: ['file', 'purpose', 'madeAt', 'endsAt'].map((key) => ({ label: t(`exports.column.${key}`) })),
    rows: found.map((one) => ({
      cells: [
        { text: `${t(`exports.kind.${one.kind}`)} ${one.label}`, href: paths.exportFile(one.id) },
        termOf(exportPurposes, one.purpose)?.[lang] ?? '',
        formatShortInstant(one.madeAt),
        formatShortInstant(one.endsAt),
      ],
    })),
  });
}

async function sendExport(deps: Deps, exchange: Exchange): Promise<void> {
  const { actor, now } = exchange;
  const kept = await deps.exports.get(actor.accountId, exchange.params['id']!, now);
  const { bytes, type, name } = await deps.keptFiles.read(kept.fileId, now);
  exchange.send(bytes, { type, name });
}
