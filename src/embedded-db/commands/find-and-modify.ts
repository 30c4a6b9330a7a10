// findAndModify: changes or removes one document and returns it as it was before or is after.
import { CommandError } from '../errors.ts';
import { keysOf, newDoc, type Doc } from '../query/bson.ts';
import { compileProjection } from '../query/projection.ts';
import { docField, flagOf } from '../wire/fields.ts';
import { updateFirst } from '../writes/update-documents.ts';
import { collectionName, refuseCollation, variablesOf, type WriteCommand } from './command.ts';
import { hintOf } from './find.ts';
import { arrayFiltersOf, updateOf } from './update.ts';

export const findAndModify: WriteCommand = {
  inTransaction: true,
  *write(op, request) {
    const { body } = request;
    refuseCollation(body);
    const remove = flagOf(body['remove']);
    const wantsNew = flagOf(body['new']);
    const upsert = flagOf(body['upsert']);
    if (remove && (body['update'] !== undefined || wantsNew || upsert)) {
      throw new CommandError(
        9,
        "Cannot specify both an update and remove=true, nor 'new' or 'upsert' with remove",
      );
    }
    const filter = docField(body, 'query') ?? newDoc();
    const vars = variablesOf(op, body);
    const project = projection(docField(body, 'fields'), vars);
    const done = yield* updateFirst(op, {
      collection: collectionName(request),
      filter,
      update: remove ? undefined : updateOf(body['update']),
      arrayFilters: arrayFiltersOf(body),
      upsert,
      sort: docField(body, 'sort'),
      hint: hintOf(body),
      vars,
    });
    if (!done)
      return {
        fields: { lastErrorObject: remove ? { n: 0 } : { n: 0, updatedExisting: false }, value: null },
      };
    if ('upsertedId' in done) {
      const lastErrorObject = { n: 1, updatedExisting: false, upserted: done.upsertedId };
      return { fields: { lastErrorObject, value: wantsNew ? project(done.after) : null } };
    }
    const lastErrorObject = remove ? { n: 1 } : { n: 1, updatedExisting: true };
    return { fields: { lastErrorObject, value: project(wantsNew ? done.after : done.before) } };
  },
};

function projection(spec: Doc | undefined, vars: Doc): (doc: Doc) => Doc {
  return spec && keysOf(spec).length > 0 ? compileProjection(spec, vars) : (doc) => doc;
}
