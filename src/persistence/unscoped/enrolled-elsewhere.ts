// Where else persons are enrolled: what two questions over all centres begin with, read once where both are asked.
import type { Enrolments } from '../enrolments.ts';

const live = ['enrolled', 'completed', 'incomplete', 'absent'];

export interface EnrolledElsewhere {
  readonly personId: string;
  readonly sessionId: string;
}

/** Live enrolments of these persons in other sessions than the one given, of whatever centre. */
export async function enrolledElsewhere(
  enrolments: Pick<Enrolments, 'documents'>,
  personIds: readonly string[],
  sessionId: string,
): Promise<EnrolledElsewhere[]> {
  return (await enrolments.documents.find(
    { personId: { $in: [...personIds] }, status: { $in: live }, sessionId: { $ne: sessionId } },
    { fields: { personId: 1, sessionId: 1 } },
  )) as unknown as EnrolledElsewhere[];
}
