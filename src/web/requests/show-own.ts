// The holder's own requests with their state, and the two forms.
import type { Deps } from '../../deps.ts';
import { correctableFacts, type SubjectRequest } from '../../domain/people/subject-request.ts';
import { holderOf } from '../finds/holding.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';

export async function showOwnRequests(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const personId = holderOf(exchange);
  if (personId === null) return exchange.redirect(paths.newFind());
  const { t } = exchange;
  const found = await deps.subjectRequests.ofPerson(personId);
  exchange.page(
    'requests/own',
    t('requests.ownTitle'),
    {
      title: t('requests.ownTitle'),
      action: paths.myRequests(),
      erasure: paths.myErasure(),
      facts: correctableFacts.map((value) => ({ value, text: t(`requests.factName.${value}`) })),
      values: { fact: '', wanted: '', ...state.values },
      columns: ['number', 'at', 'what', 'state', 'answer'].map((key) => ({
        label: t(`requests.column.${key}`),
      })),
      rows: found.map((one) => ({
        cells: [
          one.number,
          formatShortInstant(one.createdAt),
          requestName(exchange, one),
          t(`requests.status.${one.status}`),
          answerText(exchange, one),
        ],
      })),
    },
    { ...formOptions(state), breadcrumb: [{ href: paths.myCertificates(), text: t('finds.own') }] },
  );
}

/** What was asked, in words. */
export function requestName({ t }: Pick<Exchange, 't'>, request: SubjectRequest): string {
  return request.fact === null
    ? t('requests.erasure')
    : t('requests.correctionOf', { fact: t(`requests.factName.${request.fact}`) });
}

/** What was answered: the bureau's words, or each part of an erasure with its ground. */
export function answerText({ t, lang }: Pick<Exchange, 't' | 'lang'>, request: SubjectRequest): string {
  if (request.kind === 'correction') return request.answer ?? '';
  return request.outcomes
    .map(({ part, ground }) =>
      t('requests.outcome', {
        part: t(`requests.part.${part}`),
        what: ground === null ? t('requests.erased') : t(`requests.ground.${ground}`),
      }),
    )
    .join(lang === 'zh' ? '；' : '; ');
}
