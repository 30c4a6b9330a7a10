// create, drop, dropDatabase: a new empty collection; what goes goes at once, and its space is taken back in the background.
import { CommandError, unsupported } from '../errors.ts';
import { flagOf } from '../wire/fields.ts';
import { collectionName, refuseCollation, type Command, type Commands } from './command.ts';

const REFUSED: Record<string, string> = {
  capped: 'a capped collection',
  timeseries: 'a time-series collection',
  viewOn: 'a view',
  validator: 'a validator',
  clusteredIndex: 'a clustered collection',
  changeStreamPreAndPostImages: 'change streams',
  encryptedFields: 'an encrypted collection',
};

const create: Command = function* (op, request) {
  const { body } = request;
  refuseCollation(body);
  for (const [option, feature] of Object.entries(REFUSED)) {
    const value = body[option];
    if (flagOf(value) || typeof value === 'string' || (typeof value === 'object' && value !== null))
      throw unsupported(feature);
  }
  const name = collectionName(request);
  if (op.collection(name)) throw new CommandError(48, `Collection ${op.db}.${name} already exists.`);
  op.collectionForWrite(name);
  return {};
};

const drop: Command = function* (op, request) {
  const collection = op.collection(collectionName(request));
  if (!collection) return {};
  op.engine.catalog.drop(collection);
  op.engine.reclaim();
  return { nIndexesWas: collection.indexes.length + 1, ns: collection.ns };
};

const dropDatabase: Command = function* ({ engine, db }) {
  const collections = engine.catalog.list(db);
  for (const collection of collections) engine.catalog.drop(collection);
  engine.reclaim();
  return collections.length > 0 ? { dropped: db } : {};
};

export const collections: Commands = { create, drop, dropDatabase };
