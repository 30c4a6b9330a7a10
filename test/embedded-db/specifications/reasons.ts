// Why a test of MongoDB's may fail here or be left out. What fits none of these is a defect: of the server or of the runner.

/** The closed list; the sentence says what stands behind each. */
export const REASONS = {
  'server version': 'it wants a MongoDB older or newer than 7.0',
  topology: 'it wants a single server, shards or a load balancer; this is a replica set of one',
  authentication: 'whoever may open the socket may do everything: there are no users',
  collation: 'only the simple collation is served',
  'time series': 'refused by name',
  'other kinds of collection': 'views, capped and clustered collections are refused by name',
  'change streams': 'refused by name',
  'collections made in a transaction': 'collections and indexes are made outside transactions',
  'versioned API': 'one version is served',
  'search indexes': 'a service of Atlas',
  'map-reduce': 'deprecated, refused by name, and gone from the driver',
  'changing options': 'collMod is refused by name',
  'extended JSON': 'text that only drivers read',
  'the driver': 'the driver has no such operation, or does otherwise by itself',
  'the specification': 'marked there as not to be run',
  'runner lacks': 'a part of the test format that this runner does not have',
} as const;

export type Reason = keyof typeof REASONS;

const rules: readonly (readonly [RegExp, Reason])[] = [
  [/^requires (a newer|an older) server/, 'server version'],
  [/^requires another topology/, 'topology'],
  [/^requires authentication/, 'authentication'],
  [/^requires encryption/, 'runner lacks'],
  [/^text of extended JSON/, 'extended JSON'],
  [/^marked: /, 'the specification'],
  [/a collation is not supported/, 'collation'],
  [/create with timeseries is not supported|collections with timeseries/, 'time series'],
  [/create with (clusteredIndex|capped|viewOn) is not supported/, 'other kinds of collection'],
  [/changeStreamPreAndPostImages is not supported|operation createChangeStream/, 'change streams'],
  [/(create|createIndexes) in a transaction is not supported/, 'collections made in a transaction'],
  [/the versioned API/, 'versioned API'],
  [/SearchIndex(es)?$/, 'search indexes'],
  [/operation mapReduce/, 'map-reduce'],
  [/operation modifyCollection|The command collMod/, 'changing options'],
  // It sends this option only where it is true, and looks files up by `$eq`.
  [/commandStartedEvent.command.bypassDocumentValidation: expected .*false/, 'the driver'],
  [/commandStartedEvent.command.filter._id: expected .* got .*\$eq/, 'the driver'],
  [/^the driver /, 'the driver'],
  [/^entities of kind (thread|clientEncryption)/, 'runner lacks'],
];

/** The reason of a failure or a skip, or null where nothing explains it. */
export function reasonOf(said: string): Reason | null {
  return rules.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}
