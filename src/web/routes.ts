// All routes of the product, feature by feature.
import type { Deps } from '../deps.ts';
import { accountRoutes } from './accounts/routes.ts';
import { homeRoutes } from './home/routes.ts';
import type { Route } from './kernel/route.ts';

export function allRoutes(deps: Deps): readonly Route[] {
  return [...homeRoutes(deps), ...accountRoutes(deps)];
}
