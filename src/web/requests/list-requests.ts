// The bureau's list: corrections that wait, each with what is wanted and a form, then those decided.
import type { Deps } from '../../deps.ts';
import { maskWanted, type SubjectRequest } from '../../domain/people/subject-request.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paths, withQuery } from '../paths.ts';
import { answerText, requestName } from './show-own.ts';

export async function listRequests(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t } = exchange;
  const [waiting, decided] = await Promise.all([
    deps.subjectRequests.waiting(),
    deps.subjectRequests.decided(),
  ]);
  exchange.page(
    'requests/list',
    t('requests.title'),
    {
      title: t('requests.title'),
      action: paths.subjectRequestDecisions(),
      waiting: waiting.map((one) => presentWaiting(deps, exchange, one)),
      decisions: ['accept', 'refuse'].map((value) => ({ value, text: t(`requests.decide.${value}`) })),
      values: { decision: '', answer: '', ...state.values },
      columns: ['number', 'at', 'learner', 'what', 'state', 'answer'].map((key) => ({
        label: t(`requests.column.${key}`),
      })),
      rows: decided.map((one) => ({
        cells: [
          one.number,
          formatShortInstant(one.decidedAt!),
          { text: one.learnerNumber, href: paths.person(one.personId) },
          requestName(exchange, one),
          t(`requests.status.${one.status}`),
          answerText(exchange, one),
        ],
      })),
    },
    formOptions(state),
  );
}

/** Numbers in what is wanted are masked, and shown whole for a purpose on the person's page of reveals. */
function presentWaiting(deps: Pick<Deps, 'cipher'>, exchange: Exchange, one: SubjectRequest) {
  const wanted = deps.cipher.open(one.wantedSealed!);
  const masked = maskWanted(one.fact, wanted);
  return {
    id: one.id,
    title: `${one.number} ${requestName(exchange, one)}`,
    wanted: masked,
    reveal:
      masked !== wanted && exchange.may('person.reveal')
        ? withQuery(paths.newReveal(one.personId), { request: one.id })
        : null,
    at: formatShortInstant(one.createdAt),
    person: { href: paths.person(one.personId), text: one.learnerNumber },
    file: one.fileId === null ? null : paths.subjectRequestFile(one.id),
  };
}
