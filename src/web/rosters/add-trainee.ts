// Adds one trainee by a form, with the checks of a roster.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { documentTypes } from '../../domain/people/document-type.ts';
import { educations } from '../../domain/people/education.ts';
import { genders } from '../../domain/people/gender.ts';
import { householdRegistrations } from '../../domain/people/household-registration.ts';
import { keyGroups } from '../../domain/people/key-group.ts';
import type { Term } from '../../domain/shared/term.ts';
import type { RosterColumn } from '../../domain/training/roster-row.ts';
import { enrolTrainee } from '../../use-cases/training/enrol-trainee.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { list, text } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { importTrail } from './present-import.ts';

const singleColumns = [
  'name',
  'documentType',
  'documentNumber',
  'gender',
  'birthDay',
  'mobile',
  'education',
  'householdRegistration',
  'employer',
] as const satisfies readonly RosterColumn[];

export async function showAddTrainee(
  deps: Deps,
  exchange: Exchange,
  state: FormState = freshForm(),
): Promise<void> {
  const session = await deps.trainingSessions.get(exchange.actor.scope, exchange.params.id!);
  const typed = (name: string) => (typeof state.values[name] === 'string' ? state.values[name] : '');
  const groups = [state.values['keyGroups'] ?? []].flat();
  const options = (terms: readonly Term[]) =>
    terms.map((term) => ({
      value: term.code,
      text: term[exchange.lang],
      checked: groups.includes(term.code),
    }));
  exchange.page(
    'rosters/add',
    exchange.t('rosters.newTitle'),
    {
      action: paths.enrolments(session.id),
      back: paths.roster(session.id),
      values: Object.fromEntries([...singleColumns, 'reason'].map((name) => [name, typed(name)])),
      documentTypes: options(documentTypes),
      genders: options(genders),
      educations: options(educations),
      households: options(householdRegistrations),
      keyGroups: options(keyGroups),
    },
    { ...formOptions(state), breadcrumb: importTrail(exchange, session) },
  );
}

type Typed = Record<(typeof singleColumns)[number] | 'reason', string> & { keyGroups: string[] };

export const addTraineeForm = (deps: Deps): FormSpec<Typed> => ({
  schema: Joi.object<Typed>({
    ...Object.fromEntries(
      singleColumns.map((column) => [column, text(`rosters.column.${column}`).allow('').default('')]),
    ),
    keyGroups: list(Joi.string().max(40), 20).label('rosters.column.keyGroups'),
    reason: text('rosters.reason').allow('').default(''),
  }),
  show: (exchange, state) => showAddTrainee(deps, exchange, state),
  async act(exchange, { reason, keyGroups: groups, ...cells }) {
    const sessionId = exchange.params.id!;
    const enrolment = await enrolTrainee(deps, {
      actor: exchange.actor,
      sessionId,
      cells: { ...cells, keyGroups: groups.join(',') },
      reason,
    });
    return {
      to: paths.roster(sessionId),
      flash: {
        text: exchange.t('rosters.added', { name: enrolment.name }),
        link: { href: paths.enrolment(enrolment.id), text: enrolment.name },
      },
    };
  },
});
