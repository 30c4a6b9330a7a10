// First step: a file, or one certificate typed in, becomes checked rows; second step: the good ones are submitted. Between
// the steps the rows travel sealed in the form, so that nothing is kept of a list nobody submits.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { certificateKinds } from '../../domain/certifications/certificate.ts';
import type { RecordedColumn, RecordedRow } from '../../domain/certifications/recorded-certificate.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { readForeignSheet } from '../../sheets/read-foreign-sheet.ts';
import {
  judgeRecordedRows,
  submitRecordedCertificates,
} from '../../use-cases/certifications/submit-recorded-certificates.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import type { UploadedFile } from '../kernel/body.ts';
import { largeFormBytes } from '../kernel/intake.ts';
import { paths } from '../paths.ts';
import { levelOptions } from '../presenting/options.ts';
import { recordedHeadings, requiredColumns } from './headings.ts';
import { presentJudged } from './present-judged.ts';

const typedColumns: readonly RecordedColumn[] = [
  'name',
  'documentNumber',
  'kind',
  'certificateNumber',
  'occupationName',
  'skillLevel',
  'issuedOn',
  'issuer',
  'source',
];

export function showRecord(exchange: Exchange, state: FormState): void {
  const { t, lang } = exchange;
  exchange.page(
    'certificate-imports/new',
    t('certificateImports.new'),
    {
      title: t('certificateImports.new'),
      action: paths.certificateImports(),
      back: paths.certificateImports(),
      headings: Object.values(recordedHeadings)
        .map((names) => names[0])
        .join(lang === 'zh' ? '、' : ', '),
      values: { ...Object.fromEntries(typedColumns.map((column) => [column, ''])), ...state.values },
      kinds: certificateKinds.map((one) => ({
        value: t(`certificates.kind.${one}`),
        text: t(`certificates.kind.${one}`),
      })),
      levels: levelOptions(lang),
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.certificateImports(), text: t('certificateImports.title') }],
    },
  );
}

type Record_ = {
  step: 'check' | 'submit';
  sealed: string;
  withoutBadRows: string;
  fileName: string;
} & Partial<Record<RecordedColumn, string>>;

export const recordForm = (deps: Deps): FormSpec<Record_> => ({
  takes: { bytes: largeFormBytes, files: { file: ['sheet'] } },
  schema: Joi.object({
    step: Joi.string().valid('check', 'submit').default('check'),
    sealed: Joi.string().allow('').default(''),
    fileName: Joi.string().allow('').max(200).default(''),
    withoutBadRows: Joi.string().allow('').default(''),
    ...Object.fromEntries(
      typedColumns.map((column) => [column, Joi.string().allow('').max(200).default('')]),
    ),
  }) as never,
  show: (exchange, state) =>
    state.values.step === 'submit' ? showCheckedAgain(deps, exchange, state) : showRecord(exchange, state),
  async act(exchange, value, files) {
    if (value.step === 'check') {
      const { rows, fileName } = await rowsOf(value, files);
      if (fileName === '') await refuseTyped(deps, exchange, rows);
      await showChecked(deps, exchange, rows, fileName, freshForm());
      return 'answered';
    }
    const list = await submitRecordedCertificates(deps, {
      actor: exchange.actor,
      fileName: value.fileName,
      rows: unseal(deps, value.sealed),
      withoutBadRows: value.withoutBadRows === 'yes',
    });
    return {
      to: paths.certificateImport(list.id),
      flash: { text: exchange.t('certificateImports.submitted', { count: list.rowCount }) },
    };
  },
});

/** What is wrong with a certificate typed in is said at its fields, where it can be mended. */
async function refuseTyped(deps: Deps, { actor }: Exchange, rows: readonly RecordedRow[]): Promise<void> {
  const judged = await judgeRecordedRows(deps, actor, rows);
  const problems = judged.flatMap((row) => row.problems);
  if (problems.length === 0) return;
  throw new InvalidInput(
    problems.map(({ column, code, details }) => ({
      field: column !== null && typedColumns.includes(column) ? column : 'documentNumber',
      code,
      details,
    })),
  );
}

async function rowsOf(
  value: Record_,
  files: readonly UploadedFile[],
): Promise<{ rows: RecordedRow[]; fileName: string }> {
  const file = files.find((one) => one.field === 'file');
  if (file !== undefined) {
    const sheet = await readForeignSheet<RecordedColumn>(file.bytes, file.name, {
      headings: recordedHeadings,
      required: requiredColumns,
    });
    if (sheet.missing.length > 0) {
      throw new InvalidInput([
        {
          field: 'file',
          code: 'certificateImports.columnsMissing',
          details: { columns: sheet.missing.map((column) => recordedHeadings[column][0]!) },
        },
      ]);
    }
    const rows = sheet.rows.map((row) => ({
      number: row.number,
      cells: Object.fromEntries(
        Object.entries(row.cells).map(([column, cell]) => [column, (cell as { text: string }).text]),
      ),
    }));
    return { rows, fileName: file.name };
  }
  if (typedColumns.every((column) => (value[column] ?? '') === ''))
    throw new InvalidInput([{ field: 'file', code: 'certificateImports.fileOrFields' }]);
  return {
    rows: [
      { number: 1, cells: Object.fromEntries(typedColumns.map((column) => [column, value[column] ?? ''])) },
    ],
    fileName: '',
  };
}

async function showChecked(
  deps: Deps,
  exchange: Exchange,
  rows: readonly RecordedRow[],
  fileName: string,
  state: FormState,
): Promise<void> {
  const { t } = exchange;
  const judged = await judgeRecordedRows(deps, exchange.actor, rows);
  const good = judged.filter((row) => row.state === 'new' || row.state === 'matched').length;
  exchange.page(
    'certificate-imports/check',
    t('certificateImports.check'),
    {
      title: t('certificateImports.check'),
      lead: t('certificateImports.counts', { good, bad: judged.length - good }),
      action: paths.certificateImports(),
      back: paths.newCertificateImport(),
      sealed: deps.cipher.seal(JSON.stringify(rows)),
      fileName,
      hasBad: good < judged.length,
      submit: good > 0 ? t('certificateImports.submit', { count: good }) : null,
      ...presentJudged(exchange, judged),
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.certificateImports(), text: t('certificateImports.title') }],
    },
  );
}

function showCheckedAgain(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const sealed = typeof state.values.sealed === 'string' ? state.values.sealed : '';
  return showChecked(
    deps,
    exchange,
    unseal(deps, sealed),
    typeof state.values.fileName === 'string' ? state.values.fileName : '',
    state,
  );
}

function unseal(deps: Deps, sealed: string): RecordedRow[] {
  try {
    return JSON.parse(deps.cipher.open(sealed)) as RecordedRow[];
  } catch (cause) {
    throw new InvalidInput([{ field: 'file', code: 'certificateImports.uploadAgain' }], { cause });
  }
}
