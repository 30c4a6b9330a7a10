// What is held about a person as one page of a file: no script, no style, one table for each kind of record.
import { documentTypes } from '../../domain/people/document-type.ts';
import { educations } from '../../domain/people/education.ts';
import { genders } from '../../domain/people/gender.ts';
import { householdRegistrations } from '../../domain/people/household-registration.ts';
import { revealPurposes } from '../../domain/people/reveal.ts';
import { termOf, type Term } from '../../domain/shared/term.ts';
import {
  recordSections,
  type Entry,
  type SubjectRecord,
  type Value,
} from '../../use-cases/exports/subject-record.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import { levelName } from '../presenting/names.ts';
import type { Lang, Wording } from '../wording.ts';

export interface Stamp {
  /** Who had it made, when and what for, as one line. */
  readonly line: string;
}

const terms: Readonly<Record<string, readonly Term[]>> = {
  documentType: documentTypes,
  education: educations,
  gender: genders,
  householdRegistration: householdRegistrations,
  purpose: revealPurposes,
};

/** The HTML of the record in a language; every text is escaped. */
export function recordHtml(wording: Wording, lang: Lang, record: SubjectRecord, stamp: Stamp): string {
  const t = (key: string) => wording.t(lang, `exports.${key}`);
  const label = (field: string) => (wording.has(`exports.field.${field}`) ? t(`field.${field}`) : field);
  const cell = (field: string, value: Value) => escapeHtml(wordOf(wording, lang, field, value));
  const person = Object.entries(record.person).map(
    ([field, value]) =>
      `<tr><th scope="row">${escapeHtml(label(field))}</th><td>${cell(field, value)}</td></tr>`,
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
          `<tr>${fields.map((field) => `<td>${cell(field, entry[field] ?? null)}</td>`).join('')}</tr>`,
      );
      return `${head}<table border="1"><thead><tr>${headings}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
    }),
    '</body></html>\n',
  ].join('\n');
}

function wordOf(wording: Wording, lang: Lang, field: string, value: Value): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number') return String(value);
  const term = termOf(terms[field] ?? [], value);
  if (term !== null) return term[lang];
  if (field === 'skillLevel') return levelName(lang, value);
  if (/At$|^at$/.test(field)) return formatShortInstant(new Date(value));
  for (const key of [`shared.status.${value}`, `certificates.kind.${value}`, `people.reveal.field.${value}`])
    if (['status', 'kind', 'field'].includes(field) && wording.has(key)) return wording.t(lang, key);
  return value;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
