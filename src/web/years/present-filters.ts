// The filters of a year's numbers: a choice a dimension with the members that hold something, and those in force.
import type { Deps } from '../../deps.ts';
import {
  membersOf,
  type Condition,
  type Dimension,
  type MeasureName,
  type YearColumns,
} from '../../domain/headcounts/index.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { withQuery } from '../paths.ts';
import { nameMembers } from './name-members.ts';
import { conditionQuery, type Question } from './read-question.ts';

/** Fields, those applied with the address without them, and what their form keeps of the address besides. */
export async function presentFilters(
  deps: Deps,
  exchange: Exchange,
  given: {
    columns: YearColumns;
    question: Question;
    dimensions: readonly Dimension[];
    measure: MeasureName;
    self: string;
    kept: Readonly<Record<string, string>>;
  },
) {
  const { t, actor } = exchange;
  const { columns, question, measure, self } = given;
  const { cutOff, where } = question;
  const offered = given.dimensions
    .filter((dimension) => dimension !== 'area' || actor.scope.kind !== 'area')
    .map((dimension) => {
      const value = memberIn(where, dimension);
      const holding = membersOf(columns, { measure, dimension, cutOff, scope: actor.scope });
      return {
        dimension,
        value,
        members: value === '' || holding.includes(value) ? holding : [...holding, value],
      };
    });
  const nameOf = await nameMembers(deps, exchange, [
    ...offered.flatMap(({ dimension, members }) => members.map((member) => ({ dimension, member }))),
    ...where,
  ]);
  const kept = { ...given.kept, asOf: question.asOf };
  return {
    filters: offered.map(({ dimension, value, members }) => ({
      name: dimension,
      label: t(`years.dimension.${dimension}`),
      value,
      options: members.map((member) => ({ value: member, text: nameOf(dimension, member) })),
    })),
    applied: where.map((condition) => ({
      text: t('years.filter', {
        dimension: t(`years.dimension.${condition.dimension}`),
        member: nameOf(condition.dimension, condition.member),
      }),
      removeHref: withQuery(self, {
        ...kept,
        ...conditionQuery(where.filter((other) => other !== condition)),
      }),
    })),
    clearHref: withQuery(self, kept),
    kept: hiddenFields(kept),
  };
}

function memberIn(where: readonly Condition[], dimension: Dimension): string {
  return where.find((condition) => condition.dimension === dimension)?.member ?? '';
}

/** Values of the address as hidden fields; empty ones are left out. */
export function hiddenFields(query: Readonly<Record<string, string>>) {
  return Object.entries(query)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, value }));
}
