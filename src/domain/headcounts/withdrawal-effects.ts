// What withdrawing a filed apprenticeship programme would change, counted before it is done: the year is recounted without it.
import { compareNumbers, type Effect } from './effects.ts';
import type { ProgrammeFact } from './facts.ts';
import type { Query } from './query.ts';
import { columnsOf, type YearColumns } from './year-columns.ts';

/** The numbers of the given years that change if the programme is withdrawn at the cut-off; none when it is not filed by then. */
export function countWithdrawalEffects(
  years: readonly YearColumns[],
  programmeId: string,
  query: Query,
): readonly Effect[] {
  return years.flatMap((columns) =>
    compareNumbers(columns, withWithdrawal(columns, programmeId, query.cutOff), query, [
      'programmes',
      'apprentices',
    ]),
  );
}

/** The year with the programme withdrawn; what does not depend on apprenticeships is left out. */
function withWithdrawal(columns: YearColumns, programmeId: string, cutOff: Date): YearColumns {
  const at = cutOff.getTime();
  const withdraw = (programme: ProgrammeFact): ProgrammeFact => {
    if (programme.id !== programmeId) return programme;
    const known = programme.states.filter((state) => state.at <= at);
    const on = known.at(-1)?.on ?? '';
    return { ...programme, states: [...known, { to: 'withdrawn', at, on }] };
  };
  const { programmes, apprentices } = columns.partition;
  return columnsOf(
    {
      cohorts: [],
      workTrainingCohorts: [],
      certificates: { ofYear: [], earlier: [] },
      recognitions: [],
      programmes: programmes.map(withdraw),
      apprentices,
    },
    columns,
  );
}
