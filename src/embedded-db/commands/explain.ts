// explain: the plan of a find, count, aggregate, update or delete, as far as `queryPlanner.winningPlan` goes.
import { unsupported } from '../errors.ts';
import type { Access } from '../planner/access.ts';
import { choosePlan, type Plan } from '../planner/plan.ts';
import { docFrom } from '../wire/reply.ts';
import { docField, docList } from '../wire/fields.ts';
import { isDoc, keysOf, newDoc, type Doc } from '../query/bson.ts';
import { splitPipeline } from '../query/pipeline.ts';
import type { ReadCommand } from './command.ts';
import { hintOf } from './find.ts';

export const explain: ReadCommand = {
  inTransaction: false,
  read(op, { body }) {
    const inner = docField(body, 'explain') ?? newDoc();
    const [command = ''] = keysOf(inner);
    const name = String(inner[command]);
    const { filter, sort } = shapeOf(command, inner);
    const collection = op.collection(name);
    const plan = collection && choosePlan(op.view, collection, { filter, sort, hint: hintOf(inner) });
    const sorted = !plan || plan.sorted || !sort || keysOf(sort).length === 0;
    const stage = plan ? stageOf(plan) : { stage: 'EOF' };
    const winningPlan = sorted ? stage : { stage: 'SORT', sortPattern: sort, inputStage: stage };
    return {
      fields: {
        explainVersion: '1',
        queryPlanner: { namespace: `${op.db}.${name}`, winningPlan, rejectedPlans: [] },
        command: inner,
      },
    };
  },
};

function shapeOf(command: string, inner: Doc): { filter: Doc; sort: Doc | undefined } {
  const first = (list: string): Doc => docList(inner[list], list)[0] ?? newDoc();
  switch (command) {
    case 'find':
      return { filter: docField(inner, 'filter') ?? newDoc(), sort: docField(inner, 'sort') };
    case 'count':
    case 'distinct':
      return { filter: docField(inner, 'query') ?? newDoc(), sort: undefined };
    case 'findAndModify':
      return { filter: docField(inner, 'query') ?? newDoc(), sort: docField(inner, 'sort') };
    case 'aggregate': {
      const { filter, sort } = splitPipeline(docList(inner['pipeline'], 'pipeline'));
      return { filter, sort };
    }
    case 'update':
      return { filter: docField(first('updates'), 'q') ?? newDoc(), sort: undefined };
    case 'delete':
      return { filter: docField(first('deletes'), 'q') ?? newDoc(), sort: undefined };
    default:
      throw unsupported(`explain of ${command}`);
  }
}

function stageOf(plan: Plan): Doc {
  if (plan.stage === 'OR') return docFrom({ stage: 'OR', inputStages: plan.branches.map(stageOf) });
  // Whether the keys alone answer the filter, so that a count opens no document.
  const exact = plan.access.exact;
  if (plan.stage !== 'IXSCAN') return docFrom({ stage: plan.stage, exact });
  const { index, reverse } = plan.access;
  const scan = docFrom({
    stage: 'IXSCAN',
    indexName: index.name,
    keyPattern: patternOf(plan.access),
    isMultiKey: index.multikey.includes(true),
    direction: reverse ? 'backward' : 'forward',
    // How many leading fields of the index are fixed to values, and whether a range follows them.
    equalities: plan.access.equalities,
    ranged: plan.access.ranged,
    exact,
  });
  return docFrom({ stage: 'FETCH', inputStage: scan });
}

function patternOf({ index }: Access): Doc {
  const pattern = docFrom(
    Object.fromEntries(index.fields.map((field) => [field.path, field.descending ? -1 : 1])),
  );
  return isDoc(pattern) ? pattern : newDoc();
}
