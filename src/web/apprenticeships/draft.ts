// Drafting and changing a programme: parties, occupation and level, term, number of apprentices, hours.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { Conflict } from '../../domain/shared/errors.ts';
import { skillLevels } from '../../domain/certifications/skill-levels.ts';
import {
  changeProgramme,
  draftProgramme,
  type ProgrammeFacts,
} from '../../use-cases/apprenticeships/draft-programme.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, day, text, version, wholeNumber } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { levelOptions, occupationOptions, organisationOptions } from '../presenting/options.ts';

const blank = {
  enterpriseId: '',
  schoolName: '',
  occupationCode: '',
  targetLevel: '',
  startsOn: '',
  termMonths: '12',
  plannedCount: '30',
  classHoursPerYear: '400',
  version: '',
};

export async function showNew(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { scope } = exchange.actor;
  const enterprises = scope.kind === 'enterprise' ? [] : await organisationOptions(deps, scope, 'enterprise');
  showForm(deps, exchange, state, {
    title: exchange.t('apprenticeships.new'),
    action: paths.apprenticeships(),
    back: paths.apprenticeships(),
    enterprises,
    newer: null,
  });
}

export async function showEdit(deps: Deps, exchange: Exchange, state: FormState | null): Promise<void> {
  const programme = await deps.programmes.get(exchange.actor.scope, exchange.params.id!);
  const now = Object.fromEntries(
    Object.keys(blank).map((key) => [key, String(programme[key as keyof typeof programme] ?? '')]),
  );
  const shown = state ?? freshForm(now);
  const stale = shown.cause instanceof Conflict;
  const newer = stale
    ? Object.keys(blank)
        .filter((key) => key !== 'version' && key in shown.values && shown.values[key] !== now[key])
        .map((key) => ({
          label: exchange.t(`apprenticeships.field.${key}`),
          value: now[key]!,
          href: null,
          tag: null,
          certificate: null,
          note: exchange.t('shared.yours', { value: String(shown.values[key]) }),
        }))
    : null;
  const values = stale ? { ...shown, values: { ...shown.values, version: now.version! } } : shown;
  showForm(deps, exchange, values, {
    title: exchange.t('apprenticeships.edit', { number: programme.number }),
    action: paths.editApprenticeship(programme.id),
    back: paths.apprenticeship(programme.id),
    enterprises: [],
    newer,
  });
}

function showForm(
  deps: Deps,
  exchange: Exchange,
  state: FormState,
  given: {
    title: string;
    action: string;
    back: string;
    enterprises: readonly { value: string; text: string }[];
    newer: unknown;
  },
): void {
  exchange.page(
    'apprenticeships/form',
    given.title,
    {
      ...given,
      values: { ...blank, ...state.values },
      occupations: occupationOptions(deps, exchange.lang),
      levels: levelOptions(exchange.lang).filter((level) => level.value !== 'junior'),
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.apprenticeships(), text: exchange.t('apprenticeships.title') }],
    },
  );
}

const facts = (deps: Deps) => ({
  schoolName: text('apprenticeships.field.schoolName', 80).required(),
  occupationCode: choice(
    'apprenticeships.field.occupationCode',
    deps.reference?.occupations.map((one) => one.code) ?? [],
  ).required(),
  targetLevel: choice(
    'apprenticeships.field.targetLevel',
    skillLevels.map((level) => level.code),
  ).required(),
  startsOn: day('apprenticeships.field.startsOn').required(),
  termMonths: wholeNumber('apprenticeships.field.termMonths', 6, 36).required(),
  plannedCount: wholeNumber('apprenticeships.field.plannedCount', 1, 500).required(),
  classHoursPerYear: wholeNumber('apprenticeships.field.classHoursPerYear', 40, 2000).required(),
});

type Typed = Pick<
  ProgrammeFacts,
  | 'schoolName'
  | 'occupationCode'
  | 'targetLevel'
  | 'startsOn'
  | 'termMonths'
  | 'plannedCount'
  | 'classHoursPerYear'
>;

export const draftForm = (deps: Deps): FormSpec<Typed & { enterpriseId: string }> => ({
  schema: Joi.object({ ...facts(deps), enterpriseId: Joi.string().allow('').default('') }),
  show: (exchange, state) => showNew(deps, exchange, state),
  async act(exchange, { enterpriseId, ...typed }) {
    const { actor } = exchange;
    const own = actor.scope.kind === 'enterprise' ? actor.scope.enterpriseId : enterpriseId;
    const programme = await draftProgramme(deps, {
      actor,
      enterpriseId: own,
      facts: { ...typed, schoolId: null, areaCode: null },
    });
    return {
      to: paths.apprenticeship(programme.id),
      flash: { text: exchange.t('apprenticeships.drafted', { number: programme.number }) },
    };
  },
});

export const editForm = (deps: Deps): FormSpec<Typed & { version: number }> => ({
  schema: Joi.object({ ...facts(deps), version }),
  show: (exchange, state) => showEdit(deps, exchange, state),
  async act(exchange, { version: opened, ...typed }) {
    const programmeId = exchange.params.id!;
    const before = await deps.programmes.get(exchange.actor.scope, programmeId);
    await changeProgramme(deps, {
      actor: exchange.actor,
      programmeId,
      version: opened,
      facts: { ...typed, schoolId: before.schoolId, areaCode: before.areaCode },
    });
    return { to: paths.apprenticeship(programmeId), flash: { text: exchange.t('apprenticeships.saved') } };
  },
});
