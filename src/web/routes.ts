// All routes of the product, feature by feature.
import type { Deps } from '../deps.ts';
import { accountRoutes } from './accounts/routes.ts';
import { homeRoutes } from './home/routes.ts';
import { assessmentRoutes } from './assessments/routes.ts';
import { certificateBatchRoutes } from './certificate-batches/routes.ts';
import { certificateRoutes } from './certificates/routes.ts';
import { checkRoutes } from './checks/routes.ts';
import { findRoutes } from './finds/routes.ts';
import { jobRoutes } from './jobs/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { rosterRoutes } from './rosters/routes.ts';
import { apprenticeshipRoutes } from './apprenticeships/routes.ts';
import { studioRoutes } from './studios/routes.ts';
import { trainingPlatformRoutes } from './training-platforms/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { userRoutes } from './users/routes.ts';
import { certificateImportRoutes } from './certificate-imports/routes.ts';
import { duplicateRoutes } from './duplicates/routes.ts';
import { refusalRoutes } from './refusals/routes.ts';
import { revealRoutes } from './reveals/routes.ts';
import { retentionRoutes } from './retention/routes.ts';
import { requestRoutes } from './requests/routes.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { registerRoutes } from './registers/routes.ts';
import { trailRoutes } from './trail/routes.ts';
import { trainingRoutes } from './training/routes.ts';
import { lessonRoutes } from './lessons/routes.ts';
import { attendanceRoutes } from './attendance/routes.ts';
import { yearRoutes } from './years/routes.ts';
import { filingRoutes } from './filings/routes.ts';
import type { Route } from './kernel/route.ts';

export function allRoutes(deps: Deps): readonly Route[] {
  return [
    ...homeRoutes(deps),
    ...trainingRoutes(deps),
    ...lessonRoutes(deps),
    ...attendanceRoutes(deps),
    ...yearRoutes(deps),
    ...filingRoutes(deps),
    ...peopleRoutes(deps),
    ...revealRoutes(deps),
    ...duplicateRoutes(deps),
    ...refusalRoutes(deps),
    ...retentionRoutes(deps),
    ...exportRoutes(deps),
    ...evidenceRoutes(deps),
    ...requestRoutes(deps),
    ...rosterRoutes(deps),
    ...accountRoutes(deps),
    ...registerRoutes(deps),
    ...certificateImportRoutes(deps),
    ...userRoutes(deps),
    ...trailRoutes(deps),
    ...organisationRoutes(deps),
    ...trainingPlatformRoutes(deps),
    ...studioRoutes(deps),
    ...apprenticeshipRoutes(deps),
    ...jobRoutes(deps),
    ...findRoutes(deps),
    ...checkRoutes(deps),
    ...certificateRoutes(deps),
    ...certificateBatchRoutes(deps),
    ...assessmentRoutes(deps),
  ];
}
