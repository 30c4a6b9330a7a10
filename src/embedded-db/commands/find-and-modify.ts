// findAndModify: changes or removes one document and returns it as it was before or is after.
import { CommandError } from '../errors.ts';
import { docField, flagOf } from '../wire/fields.ts';
import { updateFirst } from '../writes/update-documents.ts';
import { collectionName, queryOf, type Command } from './command.ts';
import { projectionOf } from './find.ts';
import { arrayFiltersOf, updateOf } from './writes.ts';

export const findAndModify: Command = function* (op, request) {
  const { body } = request;
  const query = queryOf(op, body, 'query');
  const remove = flagOf(body['remove']);
  const wantsNew = flagOf(body['new']);
  const upsert = flagOf(body['upsert']);
  if (remove && (body['update'] !== undefined || wantsNew || upsert))
    throw new CommandError(
      9,
      "Cannot specify both an update and remove=true, nor 'new' or 'upsert' with remove",
    );
  const project = projectionOf(body, 'fields', query.vars) ?? ((doc) => doc);
  const done = yield* updateFirst(op, {
    ...query,
    collection: collectionName(request),
    update: remove ? undefined : updateOf(body['update']),
    arrayFilters: arrayFiltersOf(body),
    upsert,
    sort: docField(body, 'sort'),
  });
  if (!done) return { lastErrorObject: remove ? { n: 0 } : { n: 0, updatedExisting: false }, value: null };
  if ('upsertedId' in done) {
    const lastErrorObject = { n: 1, updatedExisting: false, upserted: done.upsertedId };
    return { lastErrorObject, value: wantsNew ? project(done.after) : null };
  }
  const lastErrorObject = remove ? { n: 1 } : { n: 1, updatedExisting: true };
  return { lastErrorObject, value: project(wantsNew ? done.after : done.before) };
};
