// Showing one number whole, and the list of who saw which.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import {
  revealPurposes,
  type PersonNumber,
  type RevealedField,
  type RevealPurpose,
} from '../../domain/people/reveal.ts';
import type { SubjectRequest } from '../../domain/people/subject-request.ts';
import { NotFound } from '../../domain/shared/errors.ts';
import { closeRevealCase } from '../../use-cases/people/close-reveal-case.ts';
import { revealNumber } from '../../use-cases/people/reveal-number.ts';
import { reasonText } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, optionalText } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { listReveals } from './list-reveals.ts';

export function revealRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.newReveal.pattern, 'person.reveal', (exchange) => showReveal(deps, exchange, freshForm())),
    post(paths.personReveals.pattern, 'person.reveal', revealForm(deps)),
    get(paths.reveals.pattern, 'reveal.list', (exchange) => listReveals(deps, exchange, freshForm())),
    post(paths.revealCases.pattern, 'reveal.closeCase', caseForm(deps)),
  ];
}

const fieldNames: readonly PersonNumber[] = ['documentNumber', 'mobile'];

/** What a waiting correction asks for is chosen by its request. */
const ofRequest = /^request:(.+)$/;
const choiceOf = (request: Pick<SubjectRequest, 'id'>) => `request:${request.id}`;

async function waitingRequests(deps: Deps, exchange: Exchange, personId: string): Promise<SubjectRequest[]> {
  if (!exchange.may('subjectRequest.decide')) return [];
  const found = await deps.subjectRequests.ofPerson(personId);
  return found.filter((one) => one.status === 'submitted' && one.wantedSealed !== null);
}

async function showReveal(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, lang } = exchange;
  const person = await deps.people.get(exchange.actor.scope, exchange.params.id!);
  const requests = await waitingRequests(deps, exchange, person.id);
  const asked = requests.find(({ id }) => id === exchange.query['request']);
  exchange.page(
    'reveals/new',
    t('people.reveal.title'),
    {
      title: t('people.reveal.title'),
      lead: `${person.name} · ${person.learnerNumber}`,
      action: paths.personReveals(person.id),
      back: paths.person(person.id),
      fields: [
        ...fieldNames
          .filter((name) => name === 'documentNumber' || person.mobileSealed !== null)
          .map((name) => ({ value: name, text: t(`people.reveal.field.${name}`) })),
        ...requests.map((one) => ({
          value: choiceOf(one),
          text: t('people.reveal.wantedOf', { number: one.number }),
        })),
      ],
      purposes: revealPurposes.map((one) => ({ value: one.code, text: one[lang] })),
      values: {
        field: asked === undefined ? 'documentNumber' : choiceOf(asked),
        purpose: '',
        note: '',
        ...state.values,
      },
    },
    {
      ...formOptions(state),
      breadcrumb: [
        { href: paths.people(), text: t('people.listTitle') },
        { href: paths.person(person.id), text: person.name },
      ],
    },
  );
}

interface AskedReveal {
  field: string;
  purpose: RevealPurpose;
  note: string | null;
}

const revealForm = (deps: Deps): FormSpec<AskedReveal> => ({
  schema: Joi.object({
    field: Joi.string()
      .max(60)
      .pattern(/^(?:documentNumber|mobile|request:[\w-]+)$/)
      .required()
      .label('people.reveal.what')
      .messages({ 'string.pattern.base': 'shared.form.choose' }),
    purpose: choice(
      'people.reveal.purpose',
      revealPurposes.map(({ code }) => code),
    ).required(),
    note: optionalText('people.reveal.note', 200),
  }),
  show: (exchange, state) => showReveal(deps, exchange, state),
  async act(exchange, asked) {
    const { t, actor, address } = exchange;
    const personId = exchange.params.id!;
    const requestId = ofRequest.exec(asked.field)?.[1] ?? null;
    if (requestId !== null && !exchange.may('subjectRequest.decide')) throw new NotFound();
    const field: RevealedField = requestId === null ? (asked.field as PersonNumber) : 'wanted';
    const number = await revealNumber(deps, { actor, personId, ...asked, field, requestId, address });
    const person = await deps.people.get(actor.scope, personId);
    exchange.page('reveals/shown', t('people.reveal.title'), {
      title: t(`people.reveal.field.${field}`),
      lead: `${person.name} · ${person.learnerNumber}`,
      number,
      back: paths.person(personId),
    });
    return 'answered';
  },
});

const caseForm = (deps: Deps): FormSpec<{ case: string; finding: string }> => ({
  key: (fields) => `-${fields['case'] as string}`,
  schema: Joi.object({
    case: Joi.string().max(40).required(),
    finding: reasonText('people.reveal.finding'),
  }),
  show: (exchange, state) => listReveals(deps, exchange, state),
  async act(exchange, value) {
    await closeRevealCase(deps, {
      actor: exchange.actor,
      caseId: value.case,
      finding: value.finding,
    });
    return { to: paths.reveals(), flash: { text: exchange.t('people.reveal.closed') } };
  },
});
