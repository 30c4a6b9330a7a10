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
import type { Route } from './kernel/route.ts';

export function allRoutes(deps: Deps): readonly Route[] {
  return [
    ...homeRoutes(deps),
    ...peopleRoutes(deps),
    ...rosterRoutes(deps),
    ...accountRoutes(deps),
    ...jobRoutes(deps),
    ...findRoutes(deps),
    ...checkRoutes(deps),
    ...certificateRoutes(deps),
    ...certificateBatchRoutes(deps),
    ...assessmentRoutes(deps),
  ];
}
