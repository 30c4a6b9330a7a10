// Proving a receipt: what the check on paper answered, told to whoever holds it.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { normaliseCertificateNumber } from '../../domain/certifications/certificate-number.ts';
import { readReceiptMinute } from '../../domain/certifications/check-receipt.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { proveReceipt } from '../../use-cases/certifications/prove-receipt.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { text } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';

export function showReceiptForm(exchange: Exchange, state: FormState, genuine = ''): void {
  exchange.page(
    'checks/receipt',
    exchange.t('checks.proof.title'),
    {
      title: exchange.t('checks.proof.title'),
      action: paths.receiptProofs(),
      genuine,
      values: { number: '', when: '', code: '', ...state.values },
    },
    formOptions(state),
  );
}

interface TypedReceipt {
  readonly number: string;
  readonly when: string;
  readonly code: string;
}

export const receiptForm = (deps: Deps): FormSpec<TypedReceipt> => ({
  schema: Joi.object<TypedReceipt>({
    number: text('checks.number', 60).required(),
    when: text('checks.proof.when', 40).required(),
    code: text('checks.proof.code', 20).required(),
  }),
  show: showReceiptForm,
  async act(exchange, typed) {
    const { t } = exchange;
    const minute = readReceiptMinute(typed.when);
    if (minute === null) throw new InvalidInput([{ field: 'when', code: 'checks.proof.noTime' }]);
    const number = normaliseCertificateNumber(typed.number);
    const outcome = await proveReceipt(deps, { number, minute, code: typed.code, address: exchange.address });
    if (outcome === null) throw new InvalidInput([{ field: 'code', code: 'checks.proof.none' }]);
    const word = t(`shared.verdict.${outcome}`);
    showReceiptForm(
      exchange,
      freshForm({ ...typed }),
      t('checks.proof.genuine', { when: minute, number, word }),
    );
    return 'answered';
  },
});
