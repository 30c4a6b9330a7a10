// A year with what an address asks of it. A filter that names what there is not is refused in words, and no number is shown:
// it would be a 0 that looks like one counted.
import type { Deps } from '../../deps.ts';
import { certificateKinds } from '../../domain/certifications/certificate.ts';
import {
  dimensions,
  holdsMember,
  mayBeMember,
  severalPerPerson,
  type Condition,
  type Dimension,
  type YearColumns,
} from '../../domain/headcounts/index.ts';
import type { Capacity } from '../../domain/organisations/organisation.ts';
import { fundingSources, trainingKinds } from '../../domain/training/training-session.ts';
import type { FieldError } from '../frame.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { readQuestion, type Question } from './read-question.ts';

export interface LoadedYear {
  readonly now: YearColumns;
  readonly before: YearColumns | null;
  readonly recorded: readonly number[];
}

/** Both years' columns and which years have records, as of one moment. */
export async function loadYear(deps: Pick<Deps, 'headcounts'>, year: number): Promise<LoadedYear> {
  const { columns, recorded } = await deps.headcounts.years([year, year - 1]);
  return { now: columns[0]!, before: recorded.includes(year - 1) ? columns[1]! : null, recorded };
}

/** The question of an address, its problems in words, and the year; a filter outside `allowed` is left out. */
export async function askYear(
  deps: Deps,
  exchange: Exchange,
  allowed: readonly Dimension[] = dimensions,
): Promise<LoadedYear & { readonly question: Question }> {
  const read = readQuestion(exchange, allowed);
  const year = await loadYear(deps, read.year);
  const problems = await problemsOf(deps, exchange, read, year);
  const question = {
    ...read,
    countable: read.countable && problems.length === 0,
    errors: [...read.errors, ...problems],
  };
  return { ...year, question };
}

async function problemsOf(
  deps: Deps,
  exchange: Exchange,
  { where, cutOff }: Question,
  year: LoadedYear,
): Promise<FieldError[]> {
  const known = await knownMembers(deps, where);
  const areaCodes = deps.reference.areas.map(({ code }) => code);
  const held = (dimension: Dimension, member: string) =>
    [year.now, year.before].some(
      (columns) => columns !== null && holdsMember(columns, dimension, member, cutOff),
    );
  const { t, actor } = exchange;
  const { scope } = actor;
  return where.flatMap(({ dimension, member }) => {
    const problem = (key: string) => [
      { field: dimension, message: t(key, { dimension: t(`years.dimension.${dimension}`), member }) },
    ];
    const listed = known[dimension];
    const exists =
      mayBeMember(dimension, member, areaCodes) &&
      (listed === undefined || listed.includes(member) || held(dimension, member));
    if (!exists) return problem('years.memberUnknown');
    if (dimension === 'area' && scope.kind === 'area' && member !== scope.areaCode)
      return problem('years.areaNotYours');
    const others = where.filter((one) => one.dimension === dimension);
    return others.length > 1 && others[0]!.member === member && !severalPerPerson.includes(dimension)
      ? problem('years.membersTogether')
      : [];
  });
}

/** Of the dimensions whose members are records or lists of their own: which of those asked for there are. */
async function knownMembers(
  deps: Deps,
  where: readonly Condition[],
): Promise<Partial<Record<Dimension, readonly string[]>>> {
  const asked = (dimension: Dimension) =>
    where.filter((one) => one.dimension === dimension).map(({ member }) => member);
  const bodies = (dimension: Dimension, capacity: Capacity) =>
    deps.organisations.idsOf(asked(dimension), capacity);
  const [centre, evaluator] = await Promise.all([
    bodies('centre', 'trainingCentre'),
    bodies('evaluator', 'evaluator'),
  ]);
  return {
    centre,
    evaluator,
    occupation: deps.reference.occupations.map(({ code }) => code),
    kind: [...trainingKinds, ...certificateKinds],
    fundingSource: fundingSources,
  };
}
