// The form every file with whole numbers begins with: what for, in words where the list has no word for it.
import Joi from 'joi';
import { exportPurposes, type ExportPurpose } from '../../domain/people/export-purpose.ts';
import { termOf } from '../../domain/shared/term.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, optionalText } from '../kernel/fields.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import type { Lang } from '../wording.ts';

export interface AskedExport {
  readonly purpose: ExportPurpose;
  readonly note: string | null;
  readonly format: 'xlsx' | 'csv';
}

export const purposeSchema = Joi.object<AskedExport>({
  purpose: choice(
    'exports.purpose',
    exportPurposes.map(({ code }) => code),
  ).required(),
  note: optionalText('exports.note', 200),
  format: Joi.string().valid('xlsx', 'csv').default('xlsx'),
});

export interface PurposePage {
  readonly title: string;
  readonly lead: string;
  readonly text: string;
  readonly action: string;
  readonly back: { readonly href: string; readonly text: string };
  readonly formats: boolean;
}

export function showPurposeForm(exchange: Exchange, page: PurposePage, state: FormState): void {
  const { lang, t } = exchange;
  exchange.page(
    'exports/new',
    page.title,
    {
      ...page,
      purposes: exportPurposes.map((one) => ({ value: one.code, text: one[lang] })),
      formatOptions: page.formats
        ? (['xlsx', 'csv'] as const).map((value) => ({ value, text: t(`exports.format.${value}`) }))
        : null,
      values: { purpose: '', note: '', format: 'xlsx', ...state.values },
    },
    { ...formOptions(state), breadcrumb: [page.back] },
  );
}

/** The purpose in a language with its words, as it is stamped. */
export function purposeText(lang: Lang, { purpose, note }: Pick<AskedExport, 'purpose' | 'note'>): string {
  const word = termOf(exportPurposes, purpose)?.[lang] ?? purpose;
  return note === null ? word : `${word}: ${note}`;
}
