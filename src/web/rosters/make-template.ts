// The roster template: text columns with drop-down lists and a sheet of notes as XLSX, or its headings as CSV.
import { rosterColumns } from '../../domain/training/roster-row.ts';
import { writeCsv } from '../../sheets/write-csv.ts';
import { writeSheet } from '../../sheets/write-sheet.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { columnTerms, rosterHeadings, templateVersion } from './roster-headings.ts';

/** The bytes of the template in the viewer's language. */
export async function makeTemplate(
  exchange: Pick<Exchange, 'lang' | 't'>,
  format: 'xlsx' | 'csv',
): Promise<Buffer> {
  const { lang } = exchange;
  if (format === 'csv') return writeCsv([rosterColumns.map((column) => rosterHeadings[column][lang])]);
  const columns = rosterColumns.map((column) => {
    const terms = column === 'keyGroups' ? undefined : columnTerms[column];
    return {
      heading: rosterHeadings[column][lang],
      width: widths[column] ?? 16,
      text: true,
      choices: terms?.map((term) => term[lang]),
    };
  });
  return writeSheet({
    sheets: [{ name: exchange.t('rosters.sheetName'), columns, rows: [] }],
    notes: { name: exchange.t('rosters.notesSheet'), lines: notesOf(exchange) },
  });
}

const widths: Partial<Record<string, number>> = {
  documentNumber: 24,
  documentType: 22,
  keyGroups: 28,
  employer: 32,
};

function notesOf({ lang, t }: Pick<Exchange, 'lang' | 't'>): string[] {
  const colon = lang === 'zh' ? '：' : ': ';
  const comma = lang === 'zh' ? '、' : ', ';
  const groups = (columnTerms.keyGroups ?? []).map((term) => term[lang]).join(comma);
  return [
    `${t('rosters.templateVersion')} ${templateVersion}`,
    ...rosterColumns.map((column) => {
      const { note, example, required, [lang]: heading } = rosterHeadings[column];
      const needed = required
        ? `${lang === 'zh' ? '（' : ' ('}${t('rosters.noteHeading.required')}${lang === 'zh' ? '）' : ')'}`
        : '';
      return `${heading}${needed}${colon}${note[lang]} ${t('rosters.noteHeading.example')}${colon}${example}`;
    }),
    `${rosterHeadings.keyGroups[lang]}${colon}${groups}`,
  ];
}
