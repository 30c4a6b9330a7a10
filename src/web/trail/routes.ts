// The trail, for the auditor.
import type { Deps } from '../../deps.ts';
import { get, gives, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { exportForm } from './export-trail.ts';
import { listTrail } from './list-trail.ts';

export function trailRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.trail.pattern, 'trail.read', (exchange) => listTrail(deps, exchange)),
    gives(['csv'], post(paths.trailExports.pattern, 'trail.export', exportForm(deps))),
  ];
}
