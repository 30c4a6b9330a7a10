// count: how many documents match.
import { newDoc } from '../query/bson.ts';
import { countRows } from '../planner/find-rows.ts';
import { docField, numberField } from '../wire/fields.ts';
import { collectionName, deadlineOf, refuseCollation, variablesOf, type ReadCommand } from './command.ts';
import { hintOf } from './find.ts';

export const count: ReadCommand = {
  inTransaction: false,
  read(op, request) {
    const { body } = request;
    refuseCollation(body);
    const n = countRows(op.view, op.collection(collectionName(request)), {
      filter: docField(body, 'query') ?? newDoc(),
      skip: numberField(body, 'skip', 0),
      limit: Math.abs(numberField(body, 'limit', 0)),
      hint: hintOf(body),
      vars: variablesOf(op, body),
      deadline: deadlineOf(body),
    });
    return { fields: { n } };
  },
};
