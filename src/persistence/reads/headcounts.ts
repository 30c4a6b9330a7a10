// The year's columns over the records: rebuilt when a record changed, never kept as a total.
import type { Connection, Model } from 'mongoose';
import { buildYear, type YearColumns } from '../../domain/headcounts/index.ts';
import type {
  ApprenticeFact,
  CertificateFact,
  EnrolmentFact,
  ProgrammeFact,
  RecognitionFact,
  SessionFact,
} from '../../domain/headcounts/facts.ts';
import type { Reference } from '../../domain/reference/reference.ts';
import {
  apprenticeFacts,
  certificateFact,
  factFields,
  enrolmentFact,
  programmeFact,
  recognitionFact,
  sessionFact,
} from './fact-rows.ts';
import { createFactCollection, type FactCollection } from './fact-collection.ts';

export const districtCode = '320507';

interface Year {
  columns: YearColumns | null;
  readonly enrolments: FactCollection<EnrolmentFact>;
  readonly sessionIds: Set<string>;
}

export type Headcounts = ReturnType<typeof createHeadcounts>;

export function createHeadcounts(connection: Connection, reference: () => Reference) {
  const model = (name: string) => connection.model(name) as unknown as Model<never>;
  const all = { filter: {} };
  const sessions = createFactCollection<SessionFact>(model('TrainingSession'), {
    ...all,
    fields: factFields.session,
    toFact: sessionFact as never,
  });
  const certificates = createFactCollection<CertificateFact>(model('Certificate'), {
    ...all,
    fields: factFields.certificate,
    toFact: certificateFact as never,
  });
  const programmes = createFactCollection<ProgrammeFact>(model('Programme'), {
    ...all,
    fields: factFields.programme,
    toFact: programmeFact as never,
  });
  const apprentices = createFactCollection<readonly ApprenticeFact[]>(model('Apprentice'), {
    ...all,
    fields: factFields.apprentice,
    toFact: apprenticeFacts as never,
  });
  const recognitions = createFactCollection<RecognitionFact>(model('Recognition'), {
    ...all,
    fields: factFields.recognition,
    toFact: recognitionFact as never,
  });
  const shared = [sessions, certificates, programmes, apprentices, recognitions] as const;
  const years = new Map<number, Year>();
  let changes = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** The sessions whose enrolments a year may count: first lesson ever held in it, or none held and planned for it. */
  const sessionIdsOf = (year: number): string[] => {
    const ids: string[] = [];
    for (const session of sessions.facts.values()) {
      const days = [...session.firstHeld, ...session.startDays].map((one) => one.day);
      if (days.some((day) => day?.startsWith(`${year}-`))) ids.push(session.id);
    }
    return ids.sort();
  };

  const open = (year: number): Year => {
    const ids = sessionIdsOf(year);
    const known = years.get(year);
    if (known !== undefined && ids.every((id) => known.sessionIds.has(id))) return known;
    const sessionIds = new Set(ids);
    const enrolments = createFactCollection<EnrolmentFact>(model('Enrolment'), {
      filter: { sessionId: { $in: ids } },
      belongs: (stored) => sessionIds.has((stored as { sessionId: string }).sessionId),
      fields: factFields.enrolment,
      toFact: enrolmentFact as never,
    });
    const fresh: Year = { columns: null, enrolments, sessionIds };
    years.set(year, fresh);
    return fresh;
  };

  const refresh = async (year: number): Promise<YearColumns> => {
    const changed = await Promise.all(shared.map((one) => one.refresh()));
    if (changed.some(Boolean)) {
      changes += 1;
      for (const one of years.values()) one.columns = null;
    }
    const current = open(year);
    if ((await current.enrolments.refresh()) || current.columns === null) {
      changes += 1;
      current.columns = buildYear(
        {
          districtCode,
          areaCodes: reference().areas.map((area) => area.code),
          sessions: [...current.sessionIds].map((id) => sessions.facts.get(id)!),
          enrolments: [...current.enrolments.facts.values()],
          certificates: [...certificates.facts.values()],
          programmes: [...programmes.facts.values()],
          apprentices: [...apprentices.facts.values()].flat(),
          recognitions: [...recognitions.facts.values()],
          lastChange: changes,
        },
        year,
      );
    }
    return current.columns;
  };

  return {
    /** The columns of a year with every committed change in them; one refresh runs at a time, later callers wait for their own. */
    async year(year: number): Promise<YearColumns> {
      const mine = turn.catch(() => undefined).then(() => refresh(year));
      turn = mine;
      return mine;
    },
  };
}
