// What was counted, record by record, read in the viewer's scope; a record's link shows only where the viewer may open it.
import type { Deps } from '../../deps.ts';
import type { FoundEntry } from '../../domain/headcounts/index.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';
import { levelName, occupationName } from '../presenting/names.ts';

type Cell = string | { text: string; href: string };
type Describe = (
  deps: Deps,
  exchange: Exchange,
  ids: readonly string[],
) => Promise<{
  columns: readonly string[];
  cellsOf: (id: string) => readonly Cell[] | null;
  /** What a record is called behind another one. */
  naming: (id: string) => string;
}>;

const linked = (may: boolean, text: string, href: string): Cell => (may ? { text, href } : text);

const byId = <T extends { id: string }>(found: readonly T[]): ReadonlyMap<string, T> =>
  new Map(found.map((one) => [one.id, one]));

const enrolments: Describe = async (deps, exchange, ids) => {
  const { scope } = exchange.actor;
  const found = byId(await deps.enrolments.find(scope, { _id: { $in: ids } }));
  const sessionIds = [...new Set([...found.values()].map((one) => one.sessionId))];
  const sessions = byId(await deps.trainingSessions.find(scope, { _id: { $in: sessionIds } }));
  return {
    columns: ['name', 'session', 'startsOn', 'state'],
    cellsOf(id) {
      const one = found.get(id);
      if (one === undefined) return null;
      const session = sessions.get(one.sessionId);
      return [
        linked(exchange.may('enrolment.view'), one.name, paths.enrolment(id)),
        session === undefined
          ? ''
          : linked(
              exchange.may('trainingSession.view'),
              `${session.number} ${session.name}`,
              paths.trainingSession(session.id),
            ),
        session?.firstHeld.at(-1)?.day ?? session?.startsOn ?? '',
        exchange.t(`rosters.status.${one.status}`),
      ];
    },
    naming: (id) => sessions.get(found.get(id)?.sessionId ?? '')?.number ?? '',
  };
};

const certificates: Describe = async (deps, exchange, ids) => {
  const found = byId(await deps.certificates.find(exchange.actor.scope, { _id: { $in: ids } }));
  return {
    columns: ['name', 'certificate', 'occupation', 'level', 'issuedOn'],
    cellsOf(id) {
      const one = found.get(id);
      if (one === undefined) return null;
      return [
        linked(exchange.may('person.view'), one.holderName, paths.person(one.personId)),
        linked(exchange.may('certificate.view'), one.number, paths.certificate(id)),
        occupationName(deps.reference, exchange.lang, one.occupationCode),
        levelName(exchange.lang, one.skillLevel),
        one.issuedOn,
      ];
    },
    naming: (id) => found.get(id)?.number ?? '',
  };
};

const programmes: Describe = async (deps, exchange, ids) => {
  const found = byId(await deps.programmes.find(exchange.actor.scope, { _id: { $in: ids } }));
  const names = await deps.organisations.namesOf([...found.values()].map((one) => one.enterpriseId));
  return {
    columns: ['enterprise', 'programme', 'occupation', 'level'],
    cellsOf(id) {
      const one = found.get(id);
      if (one === undefined) return null;
      return [
        linked(
          exchange.may('organisation.list'),
          names.get(one.enterpriseId) ?? '',
          paths.organisation(one.enterpriseId),
        ),
        linked(exchange.may('apprenticeship.view'), one.number, paths.apprenticeship(id)),
        occupationName(deps.reference, exchange.lang, one.occupationCode),
        levelName(exchange.lang, one.targetLevel),
      ];
    },
    naming: (id) => found.get(id)?.number ?? '',
  };
};

const apprentices: Describe = async (deps, exchange, ids) => {
  const { scope } = exchange.actor;
  const found = byId(await deps.apprentices.find(scope, { _id: { $in: ids } }));
  const programmeIds = [...found.values()].flatMap((one) => one.postings.map((each) => each.programmeId));
  const filed = byId(await deps.programmes.find(scope, { _id: { $in: [...new Set(programmeIds)] } }));
  return {
    columns: ['name', 'programme', 'enrolledOn'],
    cellsOf(id) {
      const one = found.get(id);
      const first = one?.postings[0];
      if (one === undefined || first === undefined) return null;
      const programme = filed.get(first.programmeId);
      return [
        linked(exchange.may('person.view'), one.name, paths.person(one.personId)),
        programme === undefined
          ? ''
          : linked(exchange.may('apprenticeship.view'), programme.number, paths.apprenticeship(programme.id)),
        first.enrolledOn,
      ];
    },
    naming: (id) => found.get(id)?.postings[0]?.enrolledOn ?? '',
  };
};

const recognitions: Describe = async (deps, exchange, ids) => {
  const { scope } = exchange.actor;
  const found = byId(await deps.recognitions.find(scope, { _id: { $in: ids } }));
  const subjectIds = [...found.values()].map((one) => one.subjectId);
  const studios = byId(await deps.studios.find(scope, { _id: { $in: subjectIds } }));
  const platforms = byId(await deps.trainingPlatforms.find(scope, { _id: { $in: subjectIds } }));
  return {
    columns: ['recognised', 'document', 'recognisedOn'],
    cellsOf(id) {
      const one = found.get(id);
      if (one === undefined) return null;
      const studio = studios.get(one.subjectId);
      const platform = platforms.get(one.subjectId);
      return [
        studio !== undefined
          ? linked(exchange.may('studio.list'), studio.name, paths.studio(studio.id))
          : platform !== undefined
            ? linked(
                exchange.may('trainingPlatform.list'),
                platform.name,
                paths.trainingPlatform(platform.id),
              )
            : '',
        one.document,
        one.recognisedOn,
      ];
    },
    naming: (id) => found.get(id)?.document ?? '',
  };
};

const describers = {
  training: enrolments,
  workTraining: enrolments,
  certificates,
  programmes,
  apprentices,
  recognitions,
} as const satisfies Record<string, Describe>;

/** Columns and rows of the table partial: a row an entry with its first record, the further ones named behind it. */
export async function describeEntries(
  deps: Deps,
  exchange: Exchange,
  table: keyof typeof describers,
  entries: readonly FoundEntry[],
) {
  const ids = entries.flatMap((one) => one.recordIds);
  const { columns, cellsOf, naming } = await describers[table](deps, exchange, ids);
  const comma = exchange.t('shared.comma');
  return {
    columns: [...columns, 'records'].map((key) => ({
      label: exchange.t(`years.column.${key}`),
      numeric: key === 'records',
    })),
    rows: entries.map((entry) => ({
      cells: [
        ...(cellsOf(entry.recordIds[0]!) ??
          columns.map((_, at) => (at === 0 ? exchange.t('years.movedOn') : '—'))),
        { text: String(entry.recordIds.length), note: entry.recordIds.slice(1).map(naming).join(comma) },
      ],
    })),
  };
}
