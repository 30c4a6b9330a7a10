// Entering scores: a grid (tab runs on), two columns pasted from a sheet, or a file read back into the grid.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import type { Candidate } from '../../domain/certifications/assessment.ts';
import { InvalidInput, type FieldProblem } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { recordScores, type ScoreRow } from '../../use-cases/assessments/record-scores.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { day } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import type { UploadedFile } from '../kernel/body.ts';
import { largeFormBytes } from '../kernel/intake.ts';
import { paths } from '../paths.ts';
import { readScoreFile, readScoreText, type NamedScore } from './read-score-text.ts';

export async function showScores(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { scope } = exchange.actor;
  const assessment = await deps.assessments.get(scope, exchange.params.id!);
  const candidates = await deps.candidates.find(
    scope,
    { assessmentId: assessment.id },
    { sort: { nameSortKey: 1 } },
  );
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
      on:
        typed('on', null) ||
        (assessment.heldOn > dayOf(exchange.now) ? assessment.heldOn : dayOf(exchange.now)),
      pasted: typed('pasted', null),
      save: exchange.t('assessments.saveScores', { count: candidates.length }),
      columns: ['name', 'theory', 'practice', 'attempts'].map((key) => ({
        label: exchange.t(`assessments.column.${key}`),
      })),
      rows: candidates.map((one) => ({
        cells: [one.name, input('theory', one), input('practice', one), String(one.attempts.length)],
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
    const rows = named === null ? fromGrid(value) : fromNames(candidates, named);
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

function fromGrid(value: Record<string, string>): ScoreRow[] {
  const rows = new Map<string, { theory: number | null; practice: number | null }>();
  const problems: FieldProblem[] = [];
  for (const [name, typed] of Object.entries(value)) {
    const match = /^(theory|practice)\.(.+)$/.exec(name);
    if (match === null) continue;
    const [, subject, id] = match as unknown as [string, 'theory' | 'practice', string];
    const score = typed.trim() === '' ? null : Number(typed.normalize('NFKC'));
    if (Number.isNaN(score))
      problems.push({ field: name, code: 'assessments.scoreNotANumber', details: { typed } });
    const row = rows.get(id) ?? { theory: null, practice: null };
    row[subject] = score;
    rows.set(id, row);
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  return [...rows].map(([candidateId, row]) => ({ candidateId, ...row }));
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
