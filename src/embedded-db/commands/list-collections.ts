// listCollections: the collections of a database.
import { madeRow } from '../planner/row.ts';
import { Binary, newDoc, type Doc } from '../query/bson.ts';
import { compileFilter } from '../query/filter.ts';
import { docField, flagOf, numberField } from '../wire/fields.ts';
import type { ReadCommand } from './command.ts';
import { FIRST_BATCH, firstBatch } from './cursor-answer.ts';
import { ID_INDEX_SPEC } from './list-indexes.ts';

export const listCollections: ReadCommand = {
  inTransaction: false,
  read(op, { body }) {
    const matches = compileFilter(docField(body, 'filter') ?? newDoc());
    const all = op.engine.catalog.list(op.db).map((collection): Doc => {
      const info: Doc = { readOnly: false, uuid: new Binary(collection.uuid, 4) };
      return {
        name: collection.name,
        type: 'collection',
        options: collection.options,
        info,
        idIndex: ID_INDEX_SPEC(),
      };
    });
    const found = all
      .filter(matches)
      .map((doc) => (flagOf(body['nameOnly']) ? { name: doc['name'] ?? '', type: 'collection' } : doc));
    const batchSize = numberField(docField(body, 'cursor') ?? newDoc(), 'batchSize', FIRST_BATCH);
    return firstBatch(op, `${op.db}.$cmd.listCollections`, found.map(madeRow).values(), { batchSize });
  },
};
