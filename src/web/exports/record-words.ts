// A value of what is held about a person in the reader's language: codes in words, instants by the clock, the rest as kept.
import { commandLine, holder, system } from '../../domain/accounts/without-account.ts';
import { documentTypes } from '../../domain/people/document-type.ts';
import { educations } from '../../domain/people/education.ts';
import { genders } from '../../domain/people/gender.ts';
import { householdRegistrations } from '../../domain/people/household-registration.ts';
import { keyGroups } from '../../domain/people/key-group.ts';
import { revealPurposes } from '../../domain/people/reveal.ts';
import { termOf, type Term } from '../../domain/shared/term.ts';
import type { RecordSection, Value } from '../../use-cases/exports/subject-record.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import { levelName } from '../presenting/names.ts';
import type { Lang, Wording } from '../wording.ts';

export interface Place {
  readonly section: RecordSection | 'person';
  readonly field: string;
}

const terms: Readonly<Record<string, readonly Term[]>> = {
  documentType: documentTypes,
  education: educations,
  gender: genders,
  householdRegistration: householdRegistrations,
  purpose: revealPurposes,
};

/** Where the word of a code may stand, by field. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  status: ['trail.status', 'shared.status'],
  kind: ['certificates.kind'],
  field: ['people.reveal.field'],
  grounds: ['trail.grounds'],
  request: ['requests.factName', 'requests'],
  what: ['trail.what'],
  reason: ['people.reason', 'trail.because'],
};

const nobodys = new Map<string, string>(
  [system, commandLine, holder].map(({ name, accountId }) => [name, accountId]),
);

/** The words of a value where it stands; a value that is no code comes back as it is kept. */
export function recordWords(wording: Wording, lang: Lang, { section, field }: Place, value: Value): string {
  if (typeof value === 'number') return String(value);
  if (field === 'by' && nobodys.has(value ?? ''))
    return wording.t(lang, `trail.${nobodys.get(value ?? '')!}`);
  if (value === null || value === '') return '';
  const of = (code: string, places: readonly string[]) => {
    const key = places.map((place) => `${place}.${code}`).find((one) => wording.has(one));
    return key === undefined ? code : wording.t(lang, key);
  };
  const each = (word: (part: string) => string) =>
    value
      .split(', ')
      .map(word)
      .join(lang === 'zh' ? '；' : '; ');
  if (field === 'keyGroups') return each((part) => groupWords(lang, part));
  if (field === 'outcomes')
    return each((part) => {
      const [name = '', outcome = ''] = part.split(': ');
      const what = of(outcome, ['requests.ground', 'requests']);
      return wording.t(lang, 'requests.outcome', { part: of(name, ['requests.part']), what });
    });
  if (field === 'grounds') return each((part) => of(part, wordsOf['grounds']!));
  const term = termOf(terms[field] ?? [], value);
  if (term !== null) return term[lang];
  if (field === 'skillLevel') return levelName(lang, value);
  if (/At$|^at$/.test(field)) return formatShortInstant(new Date(value));
  const own = field === 'status' ? [`exports.statusOf.${section}`] : [];
  if (field === 'status' && section === 'requests') own.push('requests.status');
  return of(value, [...own, ...(wordsOf[field] ?? [])]);
}

/** A group and since when: `veteran 2021-03-01`; anything else was typed so. */
function groupWords(lang: Lang, part: string): string {
  const [code = '', from = ''] = part.split(' ');
  const term = termOf(keyGroups, code);
  return term === null ? part : `${term[lang]} ${from}`.trim();
}
