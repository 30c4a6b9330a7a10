// One assessment: its candidates with scores, and who may be certified or what each still lacks.
import type { Deps } from '../../deps.ts';
import {
  judgeCandidates,
  type JudgedCandidate,
  type Judgement,
} from '../../use-cases/certifications/judge-candidates.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { levelName, occupationName } from '../presenting/names.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatDay } from '../formatting/format-day.ts';

export async function showAssessment(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { scope } = exchange.actor;
  const judgement = await judgeCandidates(deps, { scope, assessmentId: exchange.params.id! });
  const batches = await deps.certificateBatches.find(
    scope,
    { assessmentId: judgement.assessment.id },
    { sort: { createdAt: 1 } },
  );
  const model = presentAssessment(deps, exchange, judgement);
  exchange.page(
    'assessments/show',
    model.title,
    {
      ...model,
      hasBatches: batches.length > 0,
      batches: batches.map((one) => ({
        text: one.number,
        href: paths.certificateBatch(one.id),
        tag: one.status,
        note: exchange.t('assessments.batchOf', { count: one.candidateIds.length }),
      })),
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.assessments(), text: exchange.t('assessments.title') }],
    },
  );
}

export function presentAssessment(
  deps: Pick<Deps, 'reference'>,
  exchange: Pick<Exchange, 't' | 'lang' | 'explain' | 'may' | 'viewer'>,
  judgement: Judgement,
) {
  const { assessment, session, candidates } = judgement;
  const ready = candidates.filter((one) => one.unmet.length === 0).length;
  const own = assessment.centreId !== null ? 'centre' : 'evaluator';
  const mayWork = exchange.viewer?.scope.kind === own && assessment.status === 'open';
  const training = judgement.requiredHours !== null;
  return {
    title: exchange.t('assessments.one', { number: assessment.number }),
    status: assessment.status === 'open' ? 'inProgress' : assessment.status,
    lead: [
      exchange.t(`assessments.purpose.${assessment.purpose}`),
      assessment.occupationCode === null
        ? null
        : occupationName(deps.reference, exchange.lang, assessment.occupationCode),
      assessment.skillLevel === null ? null : levelName(exchange.lang, assessment.skillLevel),
      formatDay(exchange.lang, assessment.heldOn),
      judgement.issuer.name,
    ]
      .filter((part) => part !== null)
      .join(' · '),
    session:
      session === null
        ? null
        : { href: `/training-sessions/${session.id}`, text: `${session.number} ${session.name}` },
    summary: exchange.t('assessments.ready', { ready, total: candidates.length }),
    required:
      judgement.requiredHours === null
        ? null
        : exchange.t('assessments.requiredHours', { hours: judgement.requiredHours }),
    scoresAction:
      mayWork && candidates.length > 0
        ? { href: paths.newScores(assessment.id), text: exchange.t('assessments.enterScores') }
        : null,
    addAction: mayWork
      ? { href: paths.newCandidates(assessment.id), text: exchange.t('assessments.addCandidates') }
      : null,
    propose:
      mayWork && ready > 0 && exchange.may('certificateBatch.propose')
        ? {
            action: paths.proposeBatch(assessment.id),
            text: exchange.t('assessments.propose', { count: ready }),
          }
        : null,
    isEmpty: candidates.length === 0,
    columns: [
      { label: exchange.t('assessments.column.name') },
      ...(training ? [{ label: exchange.t('assessments.column.hours'), numeric: true }] : []),
      { label: exchange.t('assessments.column.theory'), numeric: true },
      { label: exchange.t('assessments.column.practice'), numeric: true },
      { label: exchange.t('assessments.column.attempts'), numeric: true },
      { label: exchange.t('assessments.column.verdict') },
    ],
    rows: candidates.map((one) => ({ cells: cellsOf(exchange, one, training) })),
  };
}

function cellsOf(exchange: Pick<Exchange, 't' | 'explain'>, judged: JudgedCandidate, training: boolean) {
  const { candidate, scores, unmet } = judged;
  const score = (value: number | null) => (value === null ? '—' : formatCount(value));
  const certified = candidate.certificateId !== null;
  const tag = certified
    ? 'certified'
    : candidate.batchId !== null
      ? 'proposed'
      : unmet.length === 0
        ? 'eligible'
        : 'notEligible';
  const why = certified
    ? exchange.t('assessments.openCertificate')
    : candidate.batchId !== null
      ? ''
      : unmet.map((one) => exchange.explain(one)).join(' ');
  return [
    candidate.name,
    ...(training ? [judged.creditedHours === null ? '—' : formatCount(judged.creditedHours)] : []),
    score(scores.theory),
    score(scores.practice),
    String(candidate.attempts.length),
    { text: why, tag, href: certified ? paths.certificate(candidate.certificateId) : null },
  ];
}
