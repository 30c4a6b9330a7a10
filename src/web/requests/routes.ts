// What persons ask about what is kept of them: their own page behind the claim code, and the bureau's list.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { correctableFacts, type CorrectableFact } from '../../domain/people/subject-request.ts';
import { NotFound, orNotFound } from '../../domain/shared/errors.ts';
import { askCorrection } from '../../use-cases/requests/ask-correction.ts';
import { askErasure } from '../../use-cases/requests/ask-erasure.ts';
import { answerCorrection } from '../../use-cases/requests/decide-correction.ts';
import { evidenceOf, takesEvidence } from '../evidence/evidence-form.ts';
import { sendEvidence } from '../evidence/routes.ts';
import { holderOf } from '../finds/holding.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, text } from '../kernel/fields.ts';
import { freshForm, type FormSpec } from '../kernel/form.ts';
import { get, gives, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { listRequests } from './list-requests.ts';
import { showOwnRequests } from './show-own.ts';

export function requestRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.subjectRequests.pattern, 'subjectRequest.decide', (exchange) =>
      listRequests(deps, exchange, freshForm()),
    ),
    post(paths.subjectRequestDecisions.pattern, 'subjectRequest.decide', decisionForm(deps)),
    gives(
      ['pdf', 'jpeg', 'png'],
      get(paths.subjectRequestFile.pattern, 'subjectRequest.decide', (exchange) => sendFile(deps, exchange)),
    ),
    get(paths.myRequests.pattern, 'public', (exchange) => showOwnRequests(deps, exchange, freshForm())),
    post(paths.myRequests.pattern, 'public', correctionForm(deps)),
    post(paths.myErasure.pattern, 'public', erasureForm(deps)),
  ];
}

async function sendFile(deps: Deps, exchange: Exchange): Promise<void> {
  const { fileId, personId } = await deps.subjectRequests.get(exchange.actor.scope, exchange.params['id']!);
  await sendEvidence(deps, exchange, orNotFound(fileId), { kind: 'person', id: personId });
}

interface Decision {
  readonly request: string;
  readonly decision: 'accept' | 'refuse';
  readonly answer: string;
}

const decisionForm = (deps: Deps): FormSpec<Decision> => ({
  key: (fields) => `-${fields['request'] as string}`,
  schema: Joi.object<Decision>({
    request: Joi.string().max(40).required(),
    decision: choice('requests.decision', ['accept', 'refuse']).required(),
    answer: text('requests.answer', 500)
      .min(5)
      .required()
      .messages({ 'string.min': 'requests.answerTooShort', 'string.empty': 'requests.answerTooShort' }),
  }),
  show: (exchange, state) => listRequests(deps, exchange, state),
  async act(exchange, { request, decision, answer }) {
    const { actor } = exchange;
    await answerCorrection(deps, { actor, requestId: request, accept: decision === 'accept', answer });
    return { to: paths.subjectRequests(), flash: { text: exchange.t('requests.answered') } };
  },
});

const correctionForm = (deps: Deps): FormSpec<{ fact: CorrectableFact; wanted: string }> => ({
  schema: Joi.object({
    fact: choice('requests.fact', correctableFacts).required(),
    wanted: text('requests.wanted', 500).required(),
  }),
  takes: takesEvidence,
  show: (exchange, state) => showOwnRequests(deps, exchange, state),
  async act(exchange, asked, files) {
    const personId = proven(exchange);
    await askCorrection(deps, { personId, ...asked, file: evidenceOf(files) });
    return { to: paths.myRequests(), flash: { text: exchange.t('requests.asked') } };
  },
});

const erasureForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange, state) => showOwnRequests(deps, exchange, state),
  async act(exchange) {
    await askErasure(deps, { personId: proven(exchange) });
    return { to: paths.myRequests(), flash: { text: exchange.t('requests.erasureDone') } };
  },
});

function proven(exchange: Exchange): string {
  const personId = holderOf(exchange);
  if (personId === null) throw new NotFound();
  return personId;
}
