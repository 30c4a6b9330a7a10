// The facts every year shares: sessions, certificates, programmes, apprentices, recognitions.
import type { Connection, Model } from 'mongoose';
import type {
  ApprenticeFact,
  CertificateFact,
  ProgrammeFact,
  RecognitionFact,
  SessionFact,
} from '../../domain/headcounts/facts.ts';
import { keepsNoLessons } from '../../domain/headcounts/training-rows.ts';
import type { SessionChange } from '../../domain/training/session-change.ts';
import { createFactCollection, type FactCollection, type Stored } from './fact-collection.ts';
import {
  apprenticeFacts,
  certificateFact,
  factFields,
  programmeFact,
  recognitionFact,
  sessionFact,
} from './fact-rows.ts';

export interface FactSet {
  readonly sessions: FactCollection<SessionFact>;
  readonly certificates: FactCollection<CertificateFact>;
  readonly programmes: FactCollection<ProgrammeFact>;
  /** One fact for each programme an apprentice was in. */
  readonly apprentices: FactCollection<readonly ApprenticeFact[]>;
  readonly recognitions: FactCollection<RecognitionFact>;
  /** Reads what is new; true when any fact is new or different. */
  refresh(): Promise<boolean>;
}

/** The shared facts over a connection on which their models are registered; the first refresh reads all of them. */
export function createFactSet(connection: Connection, now: () => Date): FactSet {
  const model = (name: string) => connection.model(name) as unknown as Model<never>;
  const collections = {
    sessions: createFactCollection<SessionFact, readonly SessionChange[]>(
      model('TrainingSession'),
      {
        fields: factFields.session,
        toFact: sessionFact as never,
        readBeside: (changed) => readApprovedChanges(model('SessionChange'), changed),
      },
      now,
    ),
    certificates: createFactCollection<CertificateFact>(
      model('Certificate'),
      {
        fields: factFields.certificate,
        toFact: certificateFact as never,
      },
      now,
    ),
    programmes: createFactCollection<ProgrammeFact>(
      model('Programme'),
      {
        fields: factFields.programme,
        toFact: programmeFact as never,
      },
      now,
    ),
    apprentices: createFactCollection<readonly ApprenticeFact[]>(
      model('Apprentice'),
      {
        fields: factFields.apprentice,
        toFact: apprenticeFacts as never,
      },
      now,
    ),
    recognitions: createFactCollection<RecognitionFact>(
      model('Recognition'),
      {
        fields: factFields.recognition,
        toFact: recognitionFact as never,
      },
      now,
    ),
  };
  const { apprentices, ...rest } = collections;
  let loaded = false;
  return {
    ...collections,
    async refresh() {
      const next = (one: FactCollection<unknown>) => (loaded ? one.refresh() : one.load({}));
      // Children before parents: one committed between the two reads finds its programme there already.
      const changed = [await next(apprentices), ...(await Promise.all(Object.values(rest).map(next)))];
      loaded = true;
      return changed.some(Boolean);
    },
  };
}

/** Approved changes of the sessions whose planned day counts, since they keep no lessons; oldest first, by session. */
async function readApprovedChanges(
  model: Model<never>,
  changed: readonly Stored[],
): Promise<ReadonlyMap<string, readonly SessionChange[]>> {
  const ids = changed
    .filter((stored) => keepsNoLessons(stored as unknown as SessionFact))
    .map((stored) => stored._id);
  const bySession = new Map<string, SessionChange[]>();
  if (ids.length === 0) return bySession;
  const found = (await model
    .find({ sessionId: { $in: ids } } as never, {
      sessionId: 1,
      before: 1,
      after: 1,
      statusChanges: 1,
      status: 1,
    })
    .sort({ sessionId: 1, createdAt: 1 })
    .lean()) as unknown as SessionChange[];
  for (const change of found) {
    if (change.status === 'approved')
      bySession.set(change.sessionId, [...(bySession.get(change.sessionId) ?? []), change]);
  }
  return bySession;
}
