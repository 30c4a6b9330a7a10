// Kinds whose record goes as a whole by its own day: searches, who saw numbers, files whose end has come, and the trail.
import type { Model } from 'mongoose';
import { district } from '../../domain/accounts/scope.ts';
import type { SubjectRequests } from '../subject-requests.ts';
import type { KeptFiles } from '../kept-files.ts';
import { pageThrough, type Stored } from './page-through.ts';
import type { RetentionWork } from './retention-work.ts';

/** The work that deletes documents of a model by a dated field; `about` names the persons and sessions they are about. */
export function deleteByDate(
  code: RetentionWork['code'],
  model: Model<never>,
  field: string,
  about: (stored: Stored) => { personIds?: readonly string[]; sessionIds?: readonly string[] } = () => ({}),
): RetentionWork {
  return {
    code,
    page: (cut, after, limit) => datedPage(model, field, { end: cut.instant, after, limit }, about),
    async apply(ids) {
      await model.deleteMany({ _id: { $in: [...ids] } } as never);
    },
  };
}

/** Events are counted and stay: the trail is only shortened together with its seals. */
export function listTrail(model: Model<never>): RetentionWork {
  return {
    code: 'trail',
    page: (cut, after, limit) => datedPage(model, 'when', { end: cut.instant, after, limit }, () => ({})),
    apply: null,
  };
}

/** Files kept for a time, deleted with all their parts when it is over. */
export function deleteExpiredFiles(keptFiles: KeptFiles): RetentionWork {
  return {
    code: 'expiredFiles',
    page: (cut, after, limit) =>
      datedPage(
        keptFiles.model as unknown as Model<never>,
        'endsAt',
        { end: cut.instant, after, limit },
        () => ({}),
      ),
    async apply(ids) {
      for (const id of ids) await keptFiles.forget(id);
    },
  };
}

/** Requests of persons that were decided, with the files sent along. */
export function deleteRequests(requests: SubjectRequests, keptFiles: KeptFiles): RetentionWork {
  const model = requests.model as unknown as Model<never>;
  return {
    code: 'requests',
    page: (cut, after, limit) =>
      datedPage(model, 'decidedAt', { end: cut.instant, after, limit }, (one) => ({
        personIds: [one['personId'] as string],
      })),
    async apply(ids) {
      for (const one of await requests.find(district, { _id: { $in: [...ids] } })) {
        if (one.fileId !== null) await keptFiles.forget(one.fileId);
        await requests.remove(one);
      }
    },
  };
}

async function datedPage(
  model: Model<never>,
  field: string,
  given: Parameters<typeof pageThrough>[2],
  about: (stored: Stored) => { personIds?: readonly string[]; sessionIds?: readonly string[] },
) {
  const { found, next } = await pageThrough(model, field, given);
  return {
    due: found.map((one) => ({ id: one._id, personIds: [], sessionIds: [], ...about(one) })),
    next,
  };
}
