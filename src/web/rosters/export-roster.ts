// The roster as a file, with numbers masked as on the page, and the empty template.
import type { Deps } from '../../deps.ts';
import { writeCsv } from '../../sheets/write-csv.ts';
import { writeSheet } from '../../sheets/write-sheet.ts';
import { occupationName, levelName } from '../presenting/names.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { fileTypes } from '../kernel/file-types.ts';
import { makeTemplate } from './make-template.ts';
import { columnTerms } from './roster-headings.ts';
import type { FileFormat } from './result-file.ts';

export async function sendRoster(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const { lang, t } = exchange;
  const session = await deps.trainingSessions.get(scope, exchange.params.id!);
  const enrolments = await deps.enrolments.ofSession(scope, session.id);
  const identities = await deps.people.maskedOf(
    scope,
    enrolments.map((one) => one.personId),
  );
  const term = (column: keyof typeof columnTerms, code: string | null) =>
    columnTerms[column]?.find((one) => one.code === code)?.[lang] ?? '';
  const headings = [
    t('rosters.number'),
    t('people.name'),
    t('rosters.learnerNumber'),
    t('rosters.document'),
    t('people.gender'),
    t('people.education'),
    t('people.employer'),
    t('rosters.state'),
    t('rosters.joinedOn'),
    t('rosters.hours'),
  ];
  const rows = enrolments.map((one, index) => [
    index + 1,
    one.name,
    identities.get(one.personId)?.learnerNumber ?? '',
    identities.get(one.personId)?.number ?? '',
    term('gender', one.gender),
    term('education', one.education),
    one.employer ?? '',
    t(`rosters.status.${one.status}`),
    one.joinedOn,
    one.hours.theory + one.hours.practice + one.hours.online,
  ]);
  const format = formatOf(exchange);
  const name = `${session.name}-${t('rosters.fileName.roster')}.${format}`;
  if (format === 'csv') return exchange.send(writeCsv([headings, ...rows]), { type: fileTypes.csv, name });
  const widths = [6, 14, 14, 24, 8, 14, 30, 12, 14, 10];
  const bytes = await writeSheet({
    sheets: [
      {
        name: t('rosters.sheetName'),
        titles: [
          `${session.number} ${session.name}`,
          `${occupationName(deps.reference, lang, session.occupationCode)} ${levelName(lang, session.skillLevel)}`,
          t('rosters.dates', { from: session.startsOn, until: session.endsOn }),
        ],
        columns: headings.map((heading, index) => ({ heading, width: widths[index]!, text: true })),
        rows,
      },
    ],
  });
  exchange.send(bytes, { type: fileTypes.xlsx, name });
}

export async function sendTemplate(deps: Deps, exchange: Exchange): Promise<void> {
  const session = await deps.trainingSessions.get(exchange.actor.scope, exchange.params.id!);
  const format = formatOf(exchange);
  exchange.send(await makeTemplate(exchange, format), {
    type: fileTypes[format],
    name: `${exchange.t('rosters.fileName.template')}-${session.number}.${format}`,
  });
}

function formatOf(exchange: Exchange): FileFormat {
  return exchange.query.format === 'csv' ? 'csv' : 'xlsx';
}
