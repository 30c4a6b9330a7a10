// Who may open a file that proves a change: whoever may see a timeline the change stands in.
import type { Deps } from '../../deps.ts';
import { district, type Scope } from '../../domain/accounts/scope.ts';
import type { Action } from '../../domain/accounts/permissions.ts';
import { NotFound } from '../../domain/shared/errors.ts';
import type { Link } from '../frame.ts';
import { shanghaiDay } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { kindOfType } from '../kernel/file-types.ts';
import { paths } from '../paths.ts';

export type LinkDeps = Pick<
  Deps,
  | 'keptFiles'
  | 'people'
  | 'enrolments'
  | 'trainingSessions'
  | 'lessons'
  | 'rosterImports'
  | 'candidates'
  | 'certificates'
  | 'programmes'
  | 'studios'
  | 'trainingPlatforms'
  | 'accounts'
>;
export type Evidence = Awaited<ReturnType<Deps['keptFiles']['evidence']>>[number];

interface Timeline {
  readonly action: Action;
  /** Throws NotFound where the record lies outside the scope. */
  readonly find: (deps: LinkDeps, scope: Scope, id: string) => Promise<unknown>;
}

const timelines: Readonly<Record<string, Timeline>> = {
  // What proves a name or a merge shows numbers: for those who may see one whole.
  person: {
    action: 'person.reveal',
    find: async ({ people }, scope, id) => people.get(scope, await people.keptId(id)),
  },
  enrolment: { action: 'enrolment.view', find: (deps, scope, id) => deps.enrolments.get(scope, id) },
  trainingSession: {
    action: 'trainingSession.view',
    find: (deps, scope, id) => deps.trainingSessions.get(scope, id),
  },
  lesson: { action: 'lesson.view', find: (deps, scope, id) => deps.lessons.get(scope, id) },
  rosterImport: { action: 'roster.log', find: (deps, scope, id) => deps.rosterImports.get(scope, id) },
  candidate: { action: 'assessment.view', find: (deps, scope, id) => deps.candidates.get(scope, id) },
  certificate: { action: 'certificate.view', find: (deps, scope, id) => deps.certificates.get(scope, id) },
  programme: { action: 'apprenticeship.view', find: (deps, scope, id) => deps.programmes.get(scope, id) },
  studio: { action: 'studio.list', find: (deps, scope, id) => deps.studios.get(scope, id) },
  platform: {
    action: 'trainingPlatform.list',
    find: (deps, scope, id) => deps.trainingPlatforms.get(scope, id),
  },
  account: { action: 'account.list', find: (deps, _scope, id) => deps.accounts.get(district, id) },
};

/** Whether the viewer may see a timeline of a record the file is about; who reads the trail sees every one. */
export async function mayOpen(
  deps: LinkDeps,
  exchange: Pick<Exchange, 'may' | 'actor'>,
  { about }: Evidence,
  asked = new Map<string, Promise<boolean>>(),
): Promise<boolean> {
  for (const one of about) {
    const key = `${one.kind} ${one.id}`;
    if (!asked.has(key)) asked.set(key, maySee(deps, exchange, one));
    if (await asked.get(key)) return true;
  }
  return false;
}

async function maySee(
  deps: LinkDeps,
  { may, actor }: Pick<Exchange, 'may' | 'actor'>,
  { kind, id }: Evidence['about'][number],
): Promise<boolean> {
  const timeline = timelines[kind];
  if (timeline === undefined) return false;
  if (may('trail.read')) return true;
  if (!may(timeline.action)) return false;
  try {
    await timeline.find(deps, actor.scope, id);
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** The link to each of these files that is still kept and the viewer may open, by the file's id. */
export async function evidenceLinks(
  deps: LinkDeps,
  exchange: Pick<Exchange, 'may' | 'actor' | 't'>,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, Link>> {
  const known = ids.filter((id): id is string => typeof id === 'string');
  const links = new Map<string, Link>();
  // Most files of a timeline are about one record, which is looked up once.
  const asked = new Map<string, Promise<boolean>>();
  for (const one of await deps.keptFiles.evidence([...new Set(known)]))
    if (await mayOpen(deps, exchange, one, asked))
      links.set(one.id, { href: paths.evidence(one.id), text: exchange.t('shared.evidence') });
  return links;
}

/** What a file is called when it is handed out: a name of ours, the day it was kept. */
export function evidenceName({ t }: Pick<Exchange, 't'>, { type, keptAt }: Omit<Evidence, 'about'>): string {
  return `${t('shared.evidence')}-${shanghaiDay(keptAt)}.${kindOfType(type)}`;
}
