// What the facts of a training session must meet before they are kept: filing (C16), hours and practice (C14), order of days.
import { filingEnd, isFiledFor, type Organisation } from '../organisations/organisation.ts';
import { areaOf, occupationOf, settingOn, type Reference } from '../reference/reference.ts';
import { InvalidInput, RuleBroken, type FieldProblem } from '../shared/errors.ts';
import { skillLevelOf } from '../certifications/skill-levels.ts';
import type { Lesson } from './lesson.ts';
import { sumLessons } from './lesson.ts';
import type { TrainingSession } from './training-session.ts';

export const sessionFactFields = [
  'name',
  'kind',
  'occupationCode',
  'trade',
  'skillLevel',
  'project',
  'subsidised',
  'fundingSource',
  'capacity',
  'theoryHours',
  'practiceHours',
  'startsOn',
  'endsOn',
  'venue',
  'areaCode',
  'evaluatorId',
] as const satisfies readonly (keyof TrainingSession)[];

export type SessionFacts = Pick<TrainingSession, (typeof sessionFactFields)[number]>;

/** The facts of a session without its state. */
export function factsOf(session: TrainingSession): SessionFacts {
  return Object.fromEntries(
    sessionFactFields.map((field) => [field, session[field]]),
  ) as unknown as SessionFacts;
}

/**
 * Throws InvalidInput naming each field that cannot stand, then RuleBroken training.notFiled or training.filingEnded (C16).
 */
export function requireSoundFacts(facts: SessionFacts, centre: Organisation, reference: Reference): void {
  const problems = [...contentProblems(facts, reference), ...hoursProblems(facts, reference)];
  if (facts.endsOn < facts.startsOn) problems.push({ field: 'endsOn', code: 'training.endsBeforeStart' });
  if (facts.areaCode !== null && areaOf(reference, facts.areaCode) === null)
    problems.push({ field: 'areaCode', code: 'training.unknownArea' });
  if (facts.subsidised === (facts.fundingSource === 'self_funded'))
    problems.push({
      field: 'fundingSource',
      code: facts.subsidised ? 'training.nameFund' : 'training.notSubsidised',
    });
  if (problems.length > 0) throw new InvalidInput(problems);
  requireFiling(facts, centre);
}

function contentProblems(facts: SessionFacts, reference: Reference): FieldProblem[] {
  const { occupationCode, project } = facts;
  if (occupationCode !== null && project !== null)
    return [{ field: 'project', code: 'training.occupationOrProject' }];
  if (occupationCode === null) {
    if (project === null && facts.kind !== 'work_training')
      return [{ field: 'occupationCode', code: 'training.occupationOrProject' }];
    return facts.skillLevel === null ? [] : [{ field: 'skillLevel', code: 'training.levelNeedsOccupation' }];
  }
  const occupation = occupationOf(reference, occupationCode);
  if (occupation === null) return [{ field: 'occupationCode', code: 'training.unknownOccupation' }];
  const problems: FieldProblem[] = [];
  if (facts.skillLevel !== null && skillLevelOf(facts.skillLevel) === null)
    problems.push({ field: 'skillLevel', code: 'training.unknownLevel' });
  return problems;
}

/** Planned class hours and the practice share a subsidised session of a skill level needs (C14, dated settings). */
export function hoursNeeded(
  facts: Pick<SessionFacts, 'subsidised' | 'skillLevel' | 'startsOn' | 'kind'>,
  reference: Reference,
): { hours: number; practiceShare: number } | null {
  const rank = skillLevelOf(facts.skillLevel)?.rank ?? null;
  if (!facts.subsidised || rank === null || facts.kind === 'work_training') return null;
  const key = rank <= 2 ? 'minimumHoursJunior' : 'minimumHoursAboveJunior';
  return {
    hours: settingOn(reference, key, facts.startsOn),
    practiceShare: settingOn(reference, 'minimumPracticeShare', facts.startsOn),
  };
}

function hoursProblems(facts: SessionFacts, reference: Reference): FieldProblem[] {
  const planned = facts.theoryHours + facts.practiceHours;
  if (facts.kind === 'work_training') return [];
  if (planned <= 0) return [{ field: 'theoryHours', code: 'training.noHours' }];
  const need = hoursNeeded(facts, reference);
  if (need === null) return [];
  if (planned < need.hours)
    return [
      {
        field: 'theoryHours',
        code: 'training.hoursShort',
        details: { planned, minimum: need.hours, short: need.hours - planned },
      },
    ];
  if (facts.practiceHours < planned * need.practiceShare - 1e-9)
    return [
      {
        field: 'practiceHours',
        code: 'training.practiceShort',
        details: {
          practice: facts.practiceHours,
          needed: Math.ceil(planned * need.practiceShare * 2 - 1e-9) / 2,
          share: `${Math.round(need.practiceShare * 100)}%`,
        },
      },
    ];
  return [];
}

/** Throws RuleBroken unless the centre's filing covers occupation × level on the first day (C16, sentence 12). */
export function requireFiling(facts: SessionFacts, centre: Organisation): void {
  if (facts.occupationCode === null) return;
  const need = {
    capacity: 'trainingCentre' as const,
    occupationCode: facts.occupationCode,
    skillLevel: facts.skillLevel,
    day: facts.startsOn,
  };
  if (isFiledFor(centre, need)) return;
  const end = filingEnd(centre, 'trainingCentre', facts.occupationCode);
  throw end !== null && end < facts.startsOn
    ? new RuleBroken('training.filingEnded', { occupation: facts.occupationCode, end })
    : new RuleBroken('training.notFiled', { occupation: facts.occupationCode });
}

/** Whether the evaluator a session names is filed for its occupation × level on the last day (C17); true when there is nothing to evaluate. */
export function evaluatorCovers(
  facts: Pick<SessionFacts, 'occupationCode' | 'skillLevel' | 'endsOn'>,
  evaluator: Organisation | null,
): boolean {
  if (evaluator === null || facts.occupationCode === null) return true;
  return isFiledFor(evaluator, {
    capacity: 'evaluator',
    occupationCode: facts.occupationCode,
    skillLevel: facts.skillLevel,
    day: facts.endsOn,
  });
}

/** Throws InvalidInput training.evaluatorNotFiled (field warningReason) when the evaluator is not filed and no reason is given (C17). */
export function requireEvaluatorReason(
  facts: Pick<SessionFacts, 'occupationCode' | 'skillLevel' | 'endsOn'>,
  evaluator: Organisation | null,
  reason: string | undefined,
): void {
  if (!evaluatorCovers(facts, evaluator) && !reason?.trim())
    throw new InvalidInput([{ field: 'warningReason', code: 'training.evaluatorNotFiled' }]);
}

/**
 * Throws RuleBroken unless what was taught lets the session be completed: training.lessonsOpen (planned ones left),
 * training.nothingHeld, training.deliveredShort or training.deliveredPracticeShort (C14).
 */
export function requireDelivered(
  session: TrainingSession,
  lessons: readonly Lesson[],
  reference: Reference,
): void {
  const open = lessons.filter((lesson) => lesson.status === 'planned').length;
  if (open > 0) throw new RuleBroken('training.lessonsOpen', { count: open });
  const sum = sumLessons(lessons);
  if (sum.heldLessons === 0) throw new RuleBroken('training.nothingHeld');
  const need = hoursNeeded(session, reference);
  if (need === null) return;
  if (sum.held < need.hours)
    throw new RuleBroken('training.deliveredShort', { held: sum.held, minimum: need.hours });
  if (sum.heldPractice < sum.held * need.practiceShare - 1e-9)
    throw new RuleBroken('training.deliveredPracticeShort', {
      practice: sum.heldPractice,
      needed: Math.ceil(sum.held * need.practiceShare * 2 - 1e-9) / 2,
    });
}
