// The navigation of each role: at most seven entries, only what the viewer may open.
import type { Actor } from '../domain/accounts/actor.ts';
import { can, type Action } from '../domain/accounts/permissions.ts';
import type { NavigationItem } from './frame.ts';
import { paths } from './paths.ts';

interface Entry {
  readonly href: string;
  readonly labelKey: string;
  readonly action: Action | null;
}

const entries: readonly Entry[] = [
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

/** Pages that lie under an entry though their address does not; the first of these entries the viewer has holds them. */
const under: readonly (readonly [page: string, ...entries: string[]])[] = [
  [paths.duplicates(), paths.people()],
  ['/person-merges', paths.people()],
  ['/enrolments', paths.trainingSessions()],
  [paths.lessons(), paths.trainingSessions()],
  ['/roster-imports', paths.trainingSessions()],
  [paths.rosterImports(), paths.trainingSessions()],
  [paths.apprenticeships(), paths.registers()],
  [paths.studios(), paths.registers()],
  [paths.trainingPlatforms(), paths.registers()],
  ['/recognitions', paths.registers()],
  [paths.certificateImports(), paths.registers()],
  [paths.certificateBatches(), paths.registers(), paths.certificates()],
  [paths.assessments(), paths.registers()],
  [paths.organisations(), paths.registers()],
  [paths.subjectRequests(), paths.registers()],
  [paths.exports(), paths.registers()],
  [paths.retention(), paths.registers(), paths.reveals()],
];

/** The entries a viewer may open, the one that holds the current path marked. */
export function navigationFor(viewer: Actor, path: string): readonly NavigationItem[] {
  const open = entries.filter((entry) => entry.action === null || can(viewer, entry.action));
  const has = (href: string) => open.some((entry) => entry.href === href);
  const own = open.find((entry) => holds(entry.href, path))?.href;
  const [, ...over] = under.find(([page]) => holds(page, path)) ?? [''];
  const current = own ?? over.find(has);
  return open.map(({ href, labelKey }) => ({ href, labelKey, current: href === current }));
}

function holds(href: string, path: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
