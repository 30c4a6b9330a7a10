// What is held about a person as one page of a file: no script, no style, one table for each kind of record.
import {
  recordSections,
  type Entry,
  type SubjectRecord,
  type Value,
} from '../../use-cases/exports/subject-record.ts';
import type { Lang, Wording } from '../wording.ts';
import { recordWords, type Place } from './record-words.ts';

export interface Stamp {
  /** Who had it made, when and what for, as one line. */
  readonly line: string;
}

/** The HTML of the record in a language; every text is escaped. */
export function recordHtml(wording: Wording, lang: Lang, record: SubjectRecord, stamp: Stamp): string {
  const t = (key: string) => wording.t(lang, `exports.${key}`);
  const label = (field: string) => (wording.has(`exports.field.${field}`) ? t(`field.${field}`) : field);
  const cell = (section: Place['section'], field: string, value: Value) =>
    escapeHtml(recordWords(wording, lang, { section, field }, value));
  const person = Object.entries(record.person).map(
    ([field, value]) =>
      `<tr><th scope="row">${escapeHtml(label(field))}</th><td>${cell('person', field, value)}</td></tr>`,
  );
  const title = `${t('subjectRecord')} ${String(record.person['learnerNumber'] ?? '')}`;
  return [
    `<!doctype html><html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body>`,
    `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(stamp.line)}</p>`,
    `<h2>${escapeHtml(t('section.person'))}</h2><table border="1">${person.join('')}</table>`,
    ...recordSections.map((section) => {
      const head = `<h2>${escapeHtml(t(`section.${section}`))}</h2>`;
      const entries: readonly Entry[] = record[section];
      if (entries.length === 0) return `${head}<p>${escapeHtml(t('nothing'))}</p>`;
      const fields = [...new Set(entries.flatMap((entry) => Object.keys(entry)))];
      const headings = fields.map((field) => `<th scope="col">${escapeHtml(label(field))}</th>`).join('');
      const rows = entries.map(
        (entry) =>
          `<tr>${fields.map((field) => `<td>${cell(section, field, entry[field] ?? null)}</td>`).join('')}</tr>`,
      );
      return `${head}<table border="1"><thead><tr>${headings}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
    }),
    '</body></html>\n',
  ].join('\n');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
