// What the runner can do, by kind of job.
import type { JobWork } from './job-runner.ts';
import { makeBatchFiles } from './use-cases/certifications/make-batch-files.ts';

export const jobWorks: Readonly<Record<string, JobWork>> = {
  'certificate-files': (deps, job, advance) => makeBatchFiles(deps, String(job.payload.batchId), advance),
};
