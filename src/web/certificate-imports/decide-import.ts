// One list: its rows, and the decision of a second officer.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { isSecondPerson } from '../../domain/accounts/second-person.ts';
import { handsOnImport } from '../../domain/certifications/recorded-certificate.ts';
import {
  approveRecordedCertificates,
  returnRecordedCertificates,
} from '../../use-cases/certifications/approve-recorded-certificates.ts';
import { judgeRecordedRows } from '../../use-cases/certifications/submit-recorded-certificates.ts';
import { waitingRows } from '../../use-cases/certifications/waiting-rows.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { text } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { tagOf } from './list-imports.ts';
import { presentJudged } from './present-judged.ts';

export async function showImport(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor } = exchange;
  const list = await deps.certificateImports.get(actor.scope, exchange.params.id!);
  const pending = list.status === 'submitted';
  const rows = waitingRows(deps, list);
  const judged = rows === null ? [] : await judgeRecordedRows(deps, actor, rows);
  const recorded = pending
    ? []
    : await deps.certificates.find(actor.scope, { importId: list.id }, { sort: { nameSortKey: 1 } });
  const mayDecide =
    pending && exchange.may('certificateImport.decide') && isSecondPerson(actor, handsOnImport(list));
  exchange.page(
    'certificate-imports/show',
    list.number,
    {
      title: t('certificateImports.one', { number: list.number }),
      tag: tagOf(list.status),
      lead: t('certificateImports.byAt', {
        name: list.createdByName,
        when: formatShortInstant(list.createdAt),
      }),
      reasonGiven: list.statusChanges.at(-1)?.reason ?? null,
      pending,
      ...presentJudged(exchange, judged),
      recordedColumns: ['number', 'name', 'issuedOn'].map((key) => ({
        label: t(`certificateImports.column.${key}`),
      })),
      recorded: recorded.map((one) => ({
        cells: [{ text: one.number, href: paths.certificate(one.id) }, one.holderName, one.issuedOn],
      })),
      approve: mayDecide
        ? {
            action: paths.certificateImportApproval(list.id),
            text: t('certificateImports.approve', { count: list.rowCount }),
          }
        : null,
      sendBack: mayDecide ? paths.certificateImportReturn(list.id) : null,
      secondPerson: pending && !mayDecide ? t('accounts.secondPerson') : null,
      reason: typeof state.values.reason === 'string' ? state.values.reason : '',
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.certificateImports(), text: t('certificateImports.title') }],
    },
  );
}

export const approveImportForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange, state) => showImport(deps, exchange, state),
  async act(exchange) {
    const { certificates } = await approveRecordedCertificates(deps, {
      actor: exchange.actor,
      importId: exchange.params.id!,
    });
    return {
      to: paths.certificateImport(exchange.params.id!),
      flash: { text: exchange.t('certificateImports.approved', { count: certificates.length }) },
    };
  },
});

export const returnImportForm = (deps: Deps): FormSpec<{ reason: string }> => ({
  schema: Joi.object({ reason: text('certificates.reason', 500).min(2).required() }),
  show: (exchange, state) => showImport(deps, exchange, state),
  async act(exchange, { reason }) {
    await returnRecordedCertificates(deps, { actor: exchange.actor, importId: exchange.params.id!, reason });
    return {
      to: paths.certificateImport(exchange.params.id!),
      flash: { text: exchange.t('certificateImports.returned') },
    };
  },
});
