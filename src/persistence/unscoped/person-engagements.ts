// Whether a person trains elsewhere at the same time must be asked over all centres (C03); the answer is yes or no.
import type { Enrolments } from '../enrolments.ts';
import type { TrainingSessions } from '../training-sessions.ts';

const live = ['enrolled', 'completed', 'incomplete', 'absent'];
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
      const elsewhere = await enrolments.model
        .find(
          { personId: { $in: [...personIds] }, status: { $in: live }, sessionId: { $ne: session.id } },
          { personId: 1, sessionId: 1 },
        )
        .lean();
      if (elsewhere.length === 0) return new Set();
      const others = await sessions.model
        .find(
          {
            _id: { $in: [...new Set(elsewhere.map((one) => one['sessionId'] as string))] },
            status: { $in: running },
            startsOn: { $lte: session.endsOn },
            endsOn: { $gte: session.startsOn },
          },
          { _id: 1 },
        )
        .lean();
      const overlapping = new Set(others.map((one) => one._id));
      return new Set(
        elsewhere
          .filter((one) => overlapping.has(one['sessionId'] as string))
          .map((one) => one['personId'] as string),
      );
    },
  };
}
