// A roster with whole document numbers: stamped in its rows, in the file's properties and on a sheet of its own.
import type { Deps } from '../../deps.ts';
import { documentTypes } from '../../domain/people/document-type.ts';
import { termOf } from '../../domain/shared/term.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { writeCsv } from '../../sheets/write-csv.ts';
import { writeSheet } from '../../sheets/write-sheet.ts';
import { keepExport, type MadeFile } from '../../use-cases/exports/keep-export.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { fileTypes } from '../kernel/file-types.ts';
import type { FormSpec, FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { purposeSchema, purposeText, showPurposeForm, type AskedExport } from './purpose-form.ts';

export async function showNewRosterNumbers(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t } = exchange;
  const session = await deps.trainingSessions.get(exchange.actor.scope, exchange.params['id']!);
  showPurposeForm(
    exchange,
    {
      title: t('exports.rosterNumbers'),
      lead: `${session.number} ${session.name}`,
      text: t('exports.rosterNumbersText'),
      action: paths.rosterNumbers(session.id),
      back: { href: paths.roster(session.id), text: session.name },
      formats: true,
    },
    state,
  );
}

export const rosterNumbersForm = (deps: Deps): FormSpec<AskedExport> => ({
  schema: purposeSchema,
  show: (exchange, state) => showNewRosterNumbers(deps, exchange, state),
  async act(exchange, asked) {
    const { actor } = exchange;
    const session = await deps.trainingSessions.get(actor.scope, exchange.params['id']!);
    const about = { kind: 'trainingSession', id: session.id } as const;
    await keepExport(deps, { actor, kind: 'roster', about, label: session.number, ...asked }, (at) =>
      drawRoster(deps, exchange, { session, asked, at }),
    );
    return { to: paths.exports(), flash: { text: exchange.t('exports.made') } };
  },
});

async function drawRoster(
  deps: Deps,
  exchange: Exchange,
  given: { session: TrainingSession; asked: AskedExport; at: Date },
): Promise<MadeFile> {
  const { session, asked, at } = given;
  const { t, lang, actor } = exchange;
  const enrolments = await deps.enrolments.ofSession(actor.scope, session.id);
  const numbers = await deps.people.openDocumentNumbers(
    actor.scope,
    enrolments.map((one) => one.personId),
  );
  const stamp = { by: actor.name, at, purpose: purposeText(lang, asked) };
  const line = t('exports.stamp', { ...stamp, at: formatShortInstant(at) });
  const columns = [
    t('rosters.number'),
    t('people.name'),
    t('exports.field.documentType'),
    t('exports.field.documentNumber'),
    t('rosters.state'),
    t('rosters.joinedOn'),
  ];
  const rows = enrolments.map((one, index) => [
    index + 1,
    one.name,
    termOf(documentTypes, numbers.get(one.personId)?.documentType ?? '')?.[lang] ?? '',
    numbers.get(one.personId)?.number ?? '',
    t(`rosters.status.${one.status}`),
    one.joinedOn,
  ]);
  const name = `${session.number}.${asked.format}`;
  const made = { name, type: fileTypes[asked.format], people: enrolments.length };
  if (asked.format === 'csv') return { ...made, bytes: writeCsv([[line], columns, ...rows]) };
  const widths = [6, 14, 18, 24, 12, 14];
  const bytes = await writeSheet({
    stamp,
    sheets: [
      {
        name: t('rosters.sheetName'),
        titles: [`${session.number} ${session.name}`, line],
        columns: columns.map((heading, index) => ({ heading, width: widths[index]!, text: true })),
        rows,
      },
    ],
    notes: { name: t('exports.stampSheet'), lines: [line, t('exports.stampRule')] },
  });
  return { ...made, bytes };
}
