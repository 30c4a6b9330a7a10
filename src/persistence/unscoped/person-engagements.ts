// Whether a person trains elsewhere at the same time must be asked over all centres (C03); the answer is yes or no.
import type { Enrolments } from '../enrolments.ts';
import type { TrainingSessions } from '../training-sessions.ts';
import { enrolledElsewhere } from './enrolled-elsewhere.ts';

const running = [
  'draft',
  'submitted',
  'returned',
  'approved',
  'in_progress',
  'completed',
  'assessed',
  'closed',
];

export type PersonEngagements = ReturnType<typeof createPersonEngagements>;

export function createPersonEngagements(enrolments: Enrolments, sessions: TrainingSessions) {
  return {
    /** Of these persons, those engaged in another session while this one runs. */
    async overlapping(
      personIds: readonly string[],
      session: { readonly id: string; readonly startsOn: string; readonly endsOn: string },
    ): Promise<Set<string>> {
      if (personIds.length === 0) return new Set();
      const elsewhere = await enrolledElsewhere(enrolments, personIds, session.id);
      if (elsewhere.length === 0) return new Set();
      const others = await sessions.documents.find(
        {
          _id: { $in: [...new Set(elsewhere.map((one) => one.sessionId))] },
          status: { $in: running },
          startsOn: { $lte: session.endsOn },
          endsOn: { $gte: session.startsOn },
        },
        { fields: { _id: 1 } },
      );
      const overlapping = new Set(others.map((one) => one._id));
      return new Set(elsewhere.filter((one) => overlapping.has(one.sessionId)).map((one) => one.personId));
    },
  };
}
