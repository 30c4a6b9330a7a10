// Entering scores: a grid (tab runs on), two columns pasted from a sheet, or a file read back into the grid.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { scoreProblems, type Assessment, type Candidate } from '../../domain/certifications/assessment.ts';
import { InvalidInput, type FieldProblem } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { recordScores, type ScoreRow } from '../../use-cases/assessments/record-scores.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { day } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import type { UploadedFile } from '../kernel/body.ts';
import { largeFormBytes } from '../kernel/intake.ts';
import { paths } from '../paths.ts';
import { namesakes } from './namesakes.ts';
import { readScore, readScoreFile, readScoreText, type NamedScore } from './read-score-text.ts';

export async function showScores(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { scope } = exchange.actor;
  const assessment = await deps.assessments.get(scope, exchange.params.id!);
  const candidates = await deps.candidates.find(
    scope,
    { assessmentId: assessment.id },
    { sort: { nameSortKey: 1 } },
  );
  const numbers = await namesakes(deps, scope, candidates);
  const open = candidates.filter(isOpen);
  const typed = (name: string, fallback: number | null | undefined) => {
    const value = state.values[name];
    return typeof value === 'string'
      ? value
      : fallback === null || fallback === undefined
        ? ''
        : String(fallback);
  };
  const input = (subject: 'theory' | 'practice', candidate: Candidate) => {
    const name = `${subject}.${candidate.id}`;
    const last = candidate.attempts.at(-1);
    if (!isOpen(candidate)) return score(last?.[subject]);
    return {
      text: '',
      input: {
        name,
        value: typed(name, last?.[subject]),
        label: exchange.t('assessments.scoreOf', {
          name: candidate.name,
          subject: exchange.t(`assessments.column.${subject}`),
        }),
      },
    };
  };
  exchange.page(
    'assessments/scores',
    exchange.t('assessments.enterScores'),
    {
      title: exchange.t('assessments.enterScores'),
      lead: assessment.number,
      action: paths.scores(assessment.id),
      back: paths.assessment(assessment.id),
      on: typed('on', null) || usualDay(assessment, candidates, dayOf(exchange.now)),
      pasted: typed('pasted', null),
      openPasted: state.errors.some((one) => one.field === 'pasted' || one.field === 'file'),
      save: open.length === 0 ? null : exchange.t('assessments.saveScores', { count: open.length }),
      columns: ['name', 'theory', 'practice', 'attempts'].map((key) => ({
        label: exchange.t(`assessments.column.${key}`),
      })),
      rows: candidates.map((one) => ({
        cells: [
          { text: one.name, note: numbers.get(one.id) ?? null },
          input('theory', one),
          input('practice', one),
          {
            text: String(one.attempts.length),
            note: isOpen(one)
              ? null
              : exchange.t(`assessments.${one.batchId === null ? 'isCertified' : 'isProposed'}`),
          },
        ],
      })),
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

/** Somebody proposed or certified gets no scores: the certificate would say others. */
const isOpen = (one: Candidate) => one.batchId === null && one.certificateId === null;

const score = (value: number | null | undefined) => (typeof value === 'number' ? String(value) : '—');

/** The day of the assessment for the first scores, today for a re-sit. */
function usualDay({ heldOn }: Assessment, candidates: readonly Candidate[], today: string): string {
  const first = candidates.every((one) => one.attempts.length === 0);
  return first && heldOn < today ? heldOn : today;
}

export const recordScoresForm = (
  deps: Deps,
): FormSpec<{ on: string; pasted: string } & Record<string, string>> => ({
  takes: { bytes: largeFormBytes, files: { file: ['sheet'] } },
  schema: Joi.object({
    on: day('assessments.scoredOn').required(),
    pasted: Joi.string().allow('').max(200_000).default(''),
  }).pattern(/^(theory|practice)\.[0-9a-z]+$/, Joi.string().trim().allow('')) as never,
  show: (exchange, state) => showScores(deps, exchange, state),
  async act(exchange, value, files) {
    const assessmentId = exchange.params.id!;
    const candidates = await deps.candidates.find(exchange.actor.scope, { assessmentId });
    const named = value.pasted.trim() !== '' ? readScoreText(value.pasted) : await fromFile(files);
    const rows = named === null ? fromGrid(candidates, value) : fromNames(candidates, named);
    const count = await recordScores(deps, { actor: exchange.actor, assessmentId, on: value.on, rows });
    return {
      to: paths.assessment(assessmentId),
      flash: { text: exchange.t('assessments.scoresSaved', { count }) },
    };
  },
});

async function fromFile(files: readonly UploadedFile[]): Promise<NamedScore[] | null> {
  const file = files.find((one) => one.field === 'file');
  return file === undefined ? null : readScoreFile(file.bytes, file.name);
}

/** The rows that say something else than what stood there. */
function fromGrid(candidates: readonly Candidate[], value: Record<string, string>): ScoreRow[] {
  const problems: FieldProblem[] = [];
  const rows = candidates.flatMap((candidate) => {
    const { id, name } = candidate;
    const typed = { theory: value[`theory.${id}`], practice: value[`practice.${id}`] };
    if (typed.theory === undefined && typed.practice === undefined) return [];
    const read = (field: 'theory' | 'practice') => {
      const given = typed[field] ?? '';
      const found = readScore(given);
      if (!Number.isNaN(found)) return found;
      problems.push({
        field: `${field}.${id}`,
        code: 'assessments.scoreNotANumber',
        details: { typed: given },
      });
      return null;
    };
    const scores = { theory: read('theory'), practice: read('practice') };
    problems.push(
      ...scoreProblems(scores).map(({ field, code, details }) => ({
        field: `${field}.${id}`,
        code,
        details: { ...details, name },
      })),
    );
    const last = candidate.attempts.at(-1);
    const same = last !== undefined && last.theory === scores.theory && last.practice === scores.practice;
    return same ? [] : [{ candidateId: id, ...scores }];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  return rows;
}

function fromNames(candidates: readonly Candidate[], named: readonly NamedScore[]): ScoreRow[] {
  const problems: FieldProblem[] = [];
  const rows: ScoreRow[] = [];
  for (const { line, name, theory, practice } of named) {
    const found = candidates.filter((one) => one.name === name);
    if (found.length === 1) rows.push({ candidateId: found[0]!.id, theory, practice });
    else
      problems.push({
        field: 'pasted',
        code: found.length === 0 ? 'assessments.nameUnknown' : 'assessments.nameTwice',
        details: { line, name },
      });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  return rows;
}
