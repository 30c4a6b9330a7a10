// The navigation of each role: at most seven entries, only what the viewer may open.
import type { Actor } from '../domain/accounts/actor.ts';
import { can, type Action } from '../domain/accounts/permissions.ts';
import type { NavigationItem } from './frame.ts';
import { paths } from './paths.ts';

const entries: readonly { href: string; labelKey: string; action: Action | null }[] = [
  { href: paths.home(), labelKey: 'navigation.home', action: null },
  { href: paths.filings(), labelKey: 'navigation.filings', action: 'filing.list' },
  { href: paths.trainingSessions(), labelKey: 'navigation.trainingSessions', action: 'trainingSession.list' },
  { href: paths.people(), labelKey: 'navigation.people', action: 'person.list' },
  { href: paths.assessments(), labelKey: 'navigation.assessments', action: 'assessment.open' },
  { href: paths.certificates(), labelKey: 'navigation.certificates', action: 'certificate.list' },
  { href: paths.apprenticeships(), labelKey: 'navigation.apprenticeships', action: 'apprenticeship.own' },
  { href: paths.registers(), labelKey: 'navigation.registers', action: 'organisation.list' },
  { href: paths.years(), labelKey: 'navigation.figures', action: 'figure.view' },
  { href: paths.trail(), labelKey: 'navigation.trail', action: 'trail.read' },
  { href: paths.users(), labelKey: 'navigation.users', action: 'account.list' },
  { href: paths.refusals(), labelKey: 'navigation.refusals', action: 'refusal.list' },
  { href: paths.reveals(), labelKey: 'navigation.reveals', action: 'reveal.list' },
];

/** The entries a viewer may open, the one that holds the current path marked. */
export function navigationFor(viewer: Actor, path: string): readonly NavigationItem[] {
  return entries
    .filter((entry) => entry.action === null || can(viewer, entry.action))
    .map((entry) => ({
      href: entry.href,
      labelKey: entry.labelKey,
      current: path === entry.href || path.startsWith(`${entry.href}/`),
    }));
}
