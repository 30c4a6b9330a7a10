// explain: the plan of a find, count, distinct, aggregate, findAndModify, update or delete, as `queryPlanner.winningPlan`.
import { unsupported } from '../errors.ts';
import { choosePlan, type Plan } from '../planner/plan.ts';
import { docOf, keysOf, newDoc, type Doc } from '../query/bson.ts';
import { splitPipeline } from '../query/pipeline.ts';
import type { Operation } from '../session/operation.ts';
import { docField, docList } from '../wire/fields.ts';
import { queryOf, type Command, type Commands } from './command.ts';
import { checkFields } from './fields.ts';

const explain: Command = (op, { body }) => {
  const inner = docField(body, 'explain') ?? newDoc();
  const [command = ''] = keysOf(inner);
  checkFields(command, inner);
  const name = String(inner[command]);
  const { filter, sort, hint } = shapeOf(op, command, inner);
  const collection = op.collection(name);
  const plan = collection && choosePlan(op.view, collection, { filter, sort, hint });
  const sorted = !plan || plan.sorted || !sort || keysOf(sort).length === 0;
  const stage = plan ? stageOf(plan) : { stage: 'EOF' };
  const winningPlan = sorted ? stage : { stage: 'SORT', sortPattern: sort, inputStage: stage };
  const queryPlanner = { namespace: `${op.db}.${name}`, winningPlan, rejectedPlans: [] };
  return { explainVersion: '1', queryPlanner, command: inner };
};

const EXPLAINED = new Set(['find', 'count', 'distinct', 'aggregate', 'findAndModify', 'update', 'delete']);

function shapeOf(op: Operation, command: string, inner: Doc) {
  if (!EXPLAINED.has(command)) throw unsupported(`explain of ${command}`);
  if (command === 'aggregate') {
    const { filter, sort } = splitPipeline(docList(inner['pipeline'], 'pipeline'));
    return { ...queryOf(op, inner, 'filter'), filter, sort };
  }
  const [statement = inner] = docList(inner['updates'] ?? inner['deletes'] ?? [], command);
  const filter = (['query', 'q'] as const).find((name) => name in statement) ?? 'filter';
  return { ...queryOf(op, statement, filter), sort: docField(statement, 'sort') };
}

function stageOf(plan: Plan): object {
  if (plan.stage === 'OR') return { stage: 'OR', inputStages: plan.branches.map(stageOf) };
  // Exact: whether the keys alone answer the filter, so that a count opens no document.
  const { index, reverse, equalities, ranged, exact } = plan.access;
  if (plan.stage !== 'IXSCAN') return { stage: plan.stage, exact };
  const scan = {
    stage: 'IXSCAN',
    indexName: index.name,
    keyPattern: docOf(index.fields.map(({ path, descending }) => [path, descending ? -1 : 1])),
    isMultiKey: index.multikey.includes(true),
    direction: reverse ? 'backward' : 'forward',
    // How many leading fields of the index are fixed to values, and whether a range follows them.
    equalities,
    ranged,
    exact,
  };
  return { stage: 'FETCH', inputStage: scan };
}

export const explaining: Commands = { explain };
