// Every query a connection sends, reduced to its shape: command, collection, filter and sort with the values taken out.
import mongoose, { type Connection } from 'mongoose';

export type Plain = Record<string, unknown>;

export interface Shape {
  /** One line that says all that can decide about the plan. */
  readonly text: string;
  readonly collection: string;
  /** The first command of the shape, as it can be explained. */
  readonly command: Plain;
}

const reading = new Set(['find', 'count', 'distinct', 'aggregate', 'findAndModify', 'update', 'delete']);
const ofTheSession = new Set(['lsid', 'txnNumber', 'startTransaction', 'autocommit', '$db', '$clusterTime']);

/** A second connection to the database that notes each shape it sends; `shapes` grows while it is used. */
export async function openNotingConnection(
  uri: string,
  database: string,
): Promise<{ connection: Connection; shapes: ReadonlyMap<string, Shape> }> {
  const connection = mongoose.createConnection(uri, {
    dbName: database,
    monitorCommands: true,
    maxPoolSize: 40,
  });
  await connection.asPromise();
  const shapes = new Map<string, Shape>();
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    if (!reading.has(commandName)) return;
    for (const one of statements(commandName, command as Plain)) {
      const shape = shapeOf(commandName, one);
      if (!shapes.has(shape.text)) shapes.set(shape.text, shape);
    }
  });
  return { connection, shapes };
}

/** A batch of updates or deletes is as many queries, and so is a pipeline with others beside it. */
function statements(name: string, command: Plain): Plain[] {
  const plain = Object.fromEntries(Object.entries(command).filter(([key]) => !ofTheSession.has(key)));
  const list = name === 'update' ? 'updates' : name === 'delete' ? 'deletes' : null;
  if (list === null) return name === 'aggregate' ? branchesOf(plain) : [plain];
  return [...(plain[list] as Iterable<unknown>)].map((one) => ({ ...plain, [list]: [one] }));
}

function branchesOf(command: Plain): Plain[] {
  const pipeline = command['pipeline'] as Plain[];
  const beside = pipeline.flatMap((stage): Plain[] => {
    const branch = stage['$unionWith'] as Plain | undefined;
    return branch === undefined ? [] : [branch];
  });
  return [
    { ...command, pipeline: pipeline.filter((stage) => stage['$unionWith'] === undefined) },
    ...beside.map(({ coll, pipeline: own }) => ({ ...command, aggregate: coll, pipeline: own })),
  ];
}

function shapeOf(name: string, command: Plain): Shape {
  const collection = String(command[name]);
  const parts: string[] = [name, collection];
  const add = (label: string, value: unknown): void => {
    if (value !== undefined) parts.push(`${label} ${JSON.stringify(value)}`);
  };
  switch (name) {
    case 'find':
      add('filter', withoutValues(command['filter'] ?? {}));
      add('sort', plainSort(command['sort']));
      if (typeof command['limit'] === 'number' && command['limit'] > 0) parts.push('limit');
      break;
    case 'aggregate':
      add('pipeline', (command['pipeline'] as Plain[]).map(stageShape));
      break;
    case 'update':
      add('filter', withoutValues((command['updates'] as Plain[])[0]!['q']));
      break;
    case 'delete':
      add('filter', withoutValues((command['deletes'] as Plain[])[0]!['q']));
      break;
    default:
      add('filter', withoutValues(command['query'] ?? {}));
      add('sort', plainSort(command['sort']));
      add('key', command['key']);
  }
  return { text: parts.join(' '), collection, command };
}

const inMatch = new Set(['$match']);

function stageShape(stage: Plain): unknown {
  const [name = ''] = Object.keys(stage);
  if (inMatch.has(name)) return { [name]: withoutValues(stage[name]) };
  if (name === '$sort' || name === '$lookup') return stage;
  return name;
}

const list = new Set(['$and', '$or', '$nor']);

/** The filter with `?` for each value: the same question asked of another record reads the same. */
function withoutValues(filter: unknown): unknown {
  if (!isPlain(filter)) return '?';
  return Object.fromEntries(
    Object.entries(filter).map(([key, value]) => {
      if (list.has(key)) {
        const branches = (value as unknown[]).map((one) => JSON.stringify(withoutValues(one)));
        return [key, [...new Set(branches)].map((one) => JSON.parse(one) as unknown)];
      }
      return [key, isPlain(value) && operators(value) ? withoutValues(value) : valueShape(value)];
    }),
  );
}

const operators = (value: Plain): boolean => Object.keys(value).every((key) => key.startsWith('$'));

/** What of a value can decide about the plan: whether it is null, true or false, or a list of nothing. */
function valueShape(value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.length === 0 ? [] : ['?'];
  return '?';
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The driver keeps the order of a sort in a Map. */
function plainSort(sort: unknown): unknown {
  return sort instanceof Map ? Object.fromEntries(sort as Map<string, unknown>) : sort;
}
