// Correcting scores that were entered wrongly: whose and of which day, what is right, and why.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import type { Candidate } from '../../domain/certifications/assessment.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { correctScore } from '../../use-cases/assessments/correct-score.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { namesakes } from './namesakes.ts';
import { readScore } from './read-score-text.ts';

export async function showCorrection(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor } = exchange;
  const assessment = await deps.assessments.get(actor.scope, exchange.params.id!);
  const candidates = await deps.candidates.find(
    actor.scope,
    { assessmentId: assessment.id },
    { sort: { nameSortKey: 1 } },
  );
  const numbers = await namesakes(deps, actor.scope, candidates);
  exchange.page(
    'assessments/correct',
    t('assessments.correctScore'),
    {
      title: t('assessments.correctScore'),
      lead: assessment.number,
      action: paths.scoreCorrections(assessment.id),
      back: paths.assessment(assessment.id),
      attempts: candidates.flatMap((one) => attemptsOf(exchange, one, numbers.get(one.id))),
      values: { attempt: '', theory: '', practice: '', reason: '', ...state.values },
    },
    {
      ...formOptions(state),
      breadcrumb: [
        { href: paths.assessments(), text: t('assessments.title') },
        { href: paths.assessment(assessment.id), text: assessment.number },
      ],
    },
  );
}

/** The value says the version too: who chose scores that changed since is told. */
function attemptsOf({ t, lang }: Exchange, candidate: Candidate, number: string | undefined) {
  const score = (value: number | null) => (value === null ? '—' : formatCount(value));
  return candidate.attempts.map((one, index) => ({
    value: `${candidate.id}.${index}.${candidate.version}`,
    text: t('assessments.attemptOf', {
      name: number === undefined ? candidate.name : `${candidate.name} ${number}`,
      day: formatDay(lang, one.on),
      theory: score(one.theory),
      practice: score(one.practice),
    }),
  }));
}

interface TypedCorrection {
  readonly attempt: string;
  readonly theory: string;
  readonly practice: string;
  readonly reason: string;
}

export const correctScoreForm = (deps: Deps): FormSpec<TypedCorrection> => ({
  schema: Joi.object<TypedCorrection>({
    attempt: Joi.string()
      .pattern(/^[0-9a-z]+\.\d{1,4}\.\d{1,9}$/)
      .label('assessments.attempt')
      .required(),
    theory: Joi.string().trim().allow('').max(20).default(''),
    practice: Joi.string().trim().allow('').max(20).default(''),
    reason: reasonText('assessments.correctionReason'),
  }),
  takes: takesEvidence,
  show: (exchange, state) => showCorrection(deps, exchange, state),
  async act(exchange, typed, files) {
    const assessmentId = exchange.params.id!;
    const [candidateId, attempt, version] = typed.attempt.split('.') as [string, string, string];
    const corrected = await correctScore(deps, {
      actor: exchange.actor,
      assessmentId,
      candidateId,
      attempt: Number(attempt),
      version: Number(version),
      scores: { theory: scoreTyped('theory', typed), practice: scoreTyped('practice', typed) },
      reason: typed.reason,
      file: evidenceOf(files),
    });
    return {
      to: paths.assessment(assessmentId),
      flash: { text: exchange.t('assessments.scoreCorrected', { name: corrected.name }) },
    };
  },
});

function scoreTyped(field: 'theory' | 'practice', values: TypedCorrection): number | null {
  const typed = values[field];
  const score = readScore(typed);
  if (!Number.isNaN(score)) return score;
  throw new InvalidInput([{ field, code: 'assessments.scoreNotANumber', details: { typed } }]);
}
