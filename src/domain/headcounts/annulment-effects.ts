// What annulling a recognition would change, counted before it is done: the year is recounted as if it were annulled.
import { compareNumbers, type Effect } from './effects.ts';
import type { RecognitionFact } from './facts.ts';
import type { Query } from './query.ts';
import { columnsOf, type YearColumns } from './year-columns.ts';

/** The numbers of the given years that change if the recognition is annulled at the cut-off; none when it counts nowhere. */
export function countAnnulmentEffects(
  years: readonly YearColumns[],
  recognitionId: string,
  query: Query,
): readonly Effect[] {
  return years.flatMap((columns) =>
    compareNumbers(columns, withAnnulment(columns, recognitionId, query.cutOff), query, ['recognitions']),
  );
}

/** The year's recognitions with this one annulled; its other records do not depend on them and are left out. */
function withAnnulment(columns: YearColumns, recognitionId: string, cutOff: Date): YearColumns {
  const at = cutOff.getTime();
  const annul = (recognition: RecognitionFact): RecognitionFact =>
    recognition.id === recognitionId && (recognition.annulledAt ?? Infinity) > at
      ? { ...recognition, annulledAt: at }
      : recognition;
  const none = {
    cohorts: [],
    workTrainingCohorts: [],
    certificates: { ofYear: [], earlier: [] },
    programmes: [],
    apprentices: [],
  };
  return columnsOf({ ...none, recognitions: columns.partition.recognitions.map(annul) }, columns);
}
