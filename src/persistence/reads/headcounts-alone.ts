// The counting alone over a connection: for commands that state figures and need no keys, files or pages.
import type { Connection } from 'mongoose';
import { createApprentices, createProgrammes } from '../apprenticeships.ts';
import { createCertificates } from '../certificates.ts';
import { createEnrolments } from '../enrolments.ts';
import { createReferenceData } from '../reference-data.ts';
import { createSessionChanges } from '../session-changes.ts';
import { createRecognitions } from '../studios.ts';
import { createTrainingSessions } from '../training-sessions.ts';
import { createHeadcounts, type Headcounts } from './headcounts.ts';

/** The years' columns over a connection on which nothing is registered yet; it writes nothing. */
export async function openHeadcounts(connection: Connection): Promise<Headcounts> {
  createTrainingSessions(connection);
  createSessionChanges(connection);
  createEnrolments(connection);
  createCertificates(connection);
  createProgrammes(connection);
  createApprentices(connection);
  createRecognitions(connection);
  const reference = await createReferenceData(connection).read();
  return createHeadcounts(
    connection,
    () => reference,
    () => new Date(),
  );
}
