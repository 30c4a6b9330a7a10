// Opening an assessment: an evaluator's by form, a centre's own by one button on the session's page.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { evaluationMethods } from '../../domain/certifications/assessment.ts';
import { skillLevels } from '../../domain/certifications/skill-levels.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { addCohort } from '../../use-cases/assessments/add-candidates.ts';
import {
  openCompletionAssessment,
  openSkillLevelAssessment,
  type SkillLevelFacts,
} from '../../use-cases/assessments/open-assessment.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, day, optionalText } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { levelName } from '../presenting/names.ts';

export function showNewAssessment(deps: Deps, exchange: Exchange, state: FormState): void {
  const { lang } = exchange;
  exchange.page(
    'assessments/new',
    exchange.t('assessments.open'),
    {
      title: exchange.t('assessments.open'),
      values: {
        occupationCode: '',
        trade: '',
        skillLevel: '',
        method: 'level_recognition',
        heldOn: dayOf(exchange.now),
        sessionNumber: '',
        ...state.values,
      },
      occupations: deps.reference.occupations.map((one) => ({
        value: one.code,
        text: `${one.code} ${one[lang]}`,
      })),
      levels: skillLevels
        .filter((one) => one.digit !== null)
        .map((one) => ({
          value: one.code,
          text: levelName(lang, one.code),
        })),
      methods: evaluationMethods.map((one) => ({
        value: one,
        text: exchange.t(`assessments.method.${one}`),
      })),
      action: paths.assessments(),
      back: paths.assessments(),
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.assessments(), text: exchange.t('assessments.title') }],
    },
  );
}

export const openAssessmentForm = (deps: Deps): FormSpec<SkillLevelFacts> => ({
  schema: Joi.object({
    occupationCode: choice(
      'assessments.column.occupation',
      deps.reference?.occupations.map((one) => one.code) ?? [],
    ).required(),
    trade: optionalText('assessments.trade', 40),
    skillLevel: choice(
      'assessments.column.level',
      skillLevels.filter((one) => one.digit !== null).map((one) => one.code),
    ).required(),
    method: choice('assessments.methodLabel', evaluationMethods).required(),
    heldOn: day('assessments.column.heldOn').required(),
    sessionNumber: optionalText('assessments.sessionNumber', 40),
  }),
  show: (exchange, state) => showNewAssessment(deps, exchange, state),
  async act(exchange, facts) {
    const assessment = await deps.transaction(async () => {
      const opened = await openSkillLevelAssessment(deps, { actor: exchange.actor, facts });
      if (opened.sessionId !== null)
        await addCohort(deps, { actor: exchange.actor, assessmentId: opened.id });
      return opened;
    });
    return {
      to: paths.assessment(assessment.id),
      flash: { text: exchange.t('assessments.opened', { number: assessment.number }) },
    };
  },
});

export const openSessionAssessmentForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange, state) =>
    exchange.redirect(`/training-sessions/${exchange.params.id}`, {
      tone: 'bad',
      text: state.errors.map((one) => one.message).join(' '),
    }),
  async act(exchange) {
    const assessment = await deps.transaction(async () => {
      const opened = await openCompletionAssessment(deps, {
        actor: exchange.actor,
        sessionId: exchange.params.id!,
        heldOn: dayOf(exchange.now),
      });
      if (opened.status === 'open') await addCohort(deps, { actor: exchange.actor, assessmentId: opened.id });
      return opened;
    });
    return { to: paths.assessment(assessment.id) };
  },
});
