// F17 to F19, version 1: first recognitions of a studio or platform at a kind and tier; renewals and later ones add none.
import { areaIn } from './area-in.ts';
import { heldAt } from './dated.ts';
import type { Dimension } from './dimensions.ts';
import { monthOf, yearOf } from './event-day.ts';
import type { RecognitionFact, RecognitionKind, Tier } from './facts.ts';
import { marks } from './measures.ts';
import { collectRows, type Rows } from './rows.ts';

export const recognitionDimensions: readonly Dimension[] = ['month', 'area', 'kind'];

const figureMarks: readonly { kind: RecognitionKind; tier: Tier; mark: number }[] = [
  { kind: 'rural_talent', tier: 'provincial', mark: marks.provincialRuralTalentStudio },
  { kind: 'skill_master', tier: 'district', mark: marks.districtSkillMasterStudio },
  { kind: 'training_platform', tier: 'district', mark: marks.districtTrainingPlatform },
];

/** One row a first recognition in the year of a studio or platform at a kind and tier, not annulled at the instant. */
export function recognitionRows(
  recognitions: readonly RecognitionFact[],
  question: { year: number; instant: number; areas: ReadonlySet<string> },
): Rows {
  const first = new Map<string, RecognitionFact>();
  for (const recognition of recognitions) {
    if (!heldAt(recognition.recordedAt, recognition.annulledAt, question.instant)) continue;
    const of = JSON.stringify([recognition.subjectId, recognition.kind, recognition.tier]);
    const known = first.get(of);
    if (known === undefined || comesBefore(recognition, known)) first.set(of, recognition);
  }
  const rows = collectRows(recognitionDimensions);
  for (const recognition of first.values()) {
    if (yearOf(recognition.recognisedOn) !== question.year) continue;
    rows.add(recognition.id, recognition.subjectId, markOf(recognition), {
      month: monthOf(recognition.recognisedOn),
      area: areaIn(question.areas, recognition.areaCode),
      kind: recognition.kind,
    });
  }
  return rows.finish();
}

function comesBefore(a: RecognitionFact, b: RecognitionFact): boolean {
  return a.recognisedOn === b.recognisedOn ? a.id < b.id : a.recognisedOn < b.recognisedOn;
}

function markOf({ kind, tier }: RecognitionFact): number {
  return figureMarks.find((figure) => figure.kind === kind && figure.tier === tier)?.mark ?? 0;
}
