// Candidates from an evaluator's own list: one a line (name, document type or nothing, document number, employer), or the cohort.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { InvalidInput, type FieldProblem } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { addCohort, addPersons } from '../../use-cases/assessments/add-candidates.ts';
import { registerPeople } from '../../use-cases/people/register-people.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { largeFormBytes } from '../kernel/intake.ts';
import { paths } from '../paths.ts';
import { readPersonLines } from '../presenting/read-person-lines.ts';

export async function showNewCandidates(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const assessment = await deps.assessments.get(exchange.actor.scope, exchange.params.id!);
  exchange.page(
    'assessments/candidates',
    exchange.t('assessments.addCandidates'),
    {
      title: exchange.t('assessments.addCandidates'),
      lead: assessment.number,
      action: paths.assessmentCandidates(assessment.id),
      back: paths.assessment(assessment.id),
      hasCohort: assessment.sessionId !== null,
      list: typeof state.values.list === 'string' ? state.values.list : '',
    },
    {
      ...formOptions(state),
      breadcrumb: [
        { href: paths.assessments(), text: exchange.t('assessments.title') },
        { href: paths.assessment(assessment.id), text: assessment.number },
      ],
    },
  );
}

export const addCandidatesForm = (deps: Deps): FormSpec<{ list: string; cohort: string }> => ({
  takes: { bytes: largeFormBytes },
  schema: Joi.object({
    list: Joi.string().allow('').max(500_000).default(''),
    cohort: Joi.string().valid('', 'yes').default(''),
  }),
  show: (exchange, state) => showNewCandidates(deps, exchange, state),
  async act(exchange, value) {
    const { actor } = exchange;
    const assessmentId = exchange.params.id!;
    const count =
      value.cohort === 'yes'
        ? await addCohort(deps, { actor, assessmentId })
        : await addListed(deps, exchange, assessmentId, value.list);
    return {
      to: paths.assessment(assessmentId),
      flash: { text: exchange.t('assessments.candidatesAdded', { count }) },
    };
  },
});

async function addListed(
  deps: Deps,
  exchange: Exchange,
  assessmentId: string,
  list: string,
): Promise<number> {
  const { actor, now } = exchange;
  const people = readPersonLines(list, dayOf(now));
  if (people.length === 0) throw new InvalidInput([{ field: 'list', code: 'assessments.listEmpty' }]);
  return deps.transaction(async () => {
    const assessment = await deps.assessments.get(actor.scope, assessmentId);
    const registered = await registerPeople(deps, {
      stated: people.map((one) => one.facts),
      owner: { evaluatorId: assessment.evaluatorId, centreId: assessment.centreId },
      day: assessment.heldOn,
      now,
    });
    const problems: FieldProblem[] = registered.flatMap((one, index) =>
      one.personId === null
        ? [{ field: 'list', code: 'assessments.identityConflict', details: { line: people[index]!.line } }]
        : [],
    );
    if (problems.length > 0) throw new InvalidInput(problems);
    const employers = new Map(registered.map((one, index) => [one.personId!, people[index]!.employer]));
    return addPersons(deps, {
      actor,
      assessmentId,
      personIds: registered.map((one) => one.personId!),
      employers,
    });
  });
}
