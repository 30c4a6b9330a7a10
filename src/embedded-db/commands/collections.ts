// create, drop, dropDatabase, createIndexes, dropIndexes: what goes goes at once, and its space is taken back in the background.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Collection, Index } from '../catalog/catalog-types.ts';
import { readIndexSpec } from '../catalog/index-spec.ts';
import { CommandError } from '../errors.ts';
import { buildIndex } from '../indexes/build-index.ts';
import { isDoc, keysOf, type Doc, type Value } from '../query/bson.ts';
import { equalValues } from '../query/compare.ts';
import { SLICE_MS } from '../storage/writer.ts';
import { docList } from '../wire/fields.ts';
import { collectionName, refuseCollation, type Command, type Commands } from './command.ts';

const create: Command = function* (op, request) {
  const { body } = request;
  refuseCollation(body);
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

// On a collection with documents indexes are built while others read and write.
const createIndexes: Command = function* (op, request) {
  const name = collectionName(request);
  const existed = op.collection(name) !== undefined;
  const specs = docList(request.body['indexes'], 'createIndexes.indexes');
  if (specs.length === 0) throw new CommandError(2, 'Must specify at least one index to create');
  for (const spec of specs) readIndexSpec(spec, 0);
  const collection = op.collectionForWrite(name);
  const before = collection.indexes.length + 1;
  const made: Index[] = [];
  try {
    for (const spec of specs) {
      let same = sameIndex(collection, spec);
      // Where another client builds it just now, what comes of that decides.
      while (same?.building) {
        yield { waitFor: { finished: sleep(SLICE_MS) } };
        if (op.collection(name) !== collection)
          throw new CommandError(276, `Index build failed: ${op.db}.${name} was dropped meanwhile`);
        same = sameIndex(collection, spec);
      }
      if (!same) made.push(yield* buildIndex(op, collection, spec));
    }
  } catch (error) {
    // All of them or none.
    for (const index of made) op.engine.catalog.dropIndex(collection, index);
    op.engine.reclaim();
    throw error;
  }
  const after = collection.indexes.length + 1;
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: !existed,
    ...(after === before && { note: 'all indexes already exist' }),
  };
};

// What two indexes of one collection must not have in common.
const SIGNATURE = ['key', 'unique', 'sparse', 'partialFilterExpression'];
const OPTIONS = ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds'];

// The index that is asked for, where the collection has it.
function sameIndex(collection: Collection, given: Doc): Index | undefined {
  if (isIdKey(given['key'])) return collection.primary;
  const wanted = readIndexSpec(given, 0);
  for (const index of collection.indexes) {
    const same = (name: string): boolean => equalValues(index.spec[name] ?? null, wanted.spec[name] ?? null);
    if (index.name === wanted.name) {
      if (same('key') && OPTIONS.every(same)) return index;
      throw new CommandError(
        same('key') ? 85 : 86,
        `An existing index has the same name as the requested index, and another key or other options: ${wanted.name}`,
      );
    }
    if (SIGNATURE.every(same))
      throw new CommandError(85, `Index already exists with a different name: ${index.name}`);
  }
  return undefined;
}

const dropIndexes: Command = function* (op, request) {
  const name = collectionName(request);
  const collection = op.collection(name);
  if (!collection) throw new CommandError(26, `ns not found ${op.db}.${name}`);
  const nIndexesWas = collection.indexes.length + 1;
  for (const index of chosen(collection, request.body['index'] ?? null))
    op.engine.catalog.dropIndex(collection, index);
  op.engine.reclaim();
  return { nIndexesWas };
};

function chosen(collection: Collection, wanted: Value): Index[] {
  if (wanted === '*') return [...collection.indexes];
  if (Array.isArray(wanted)) return wanted.flatMap((one) => chosen(collection, one));
  if (wanted === '_id_' || isIdKey(wanted)) throw new CommandError(72, 'cannot drop _id index');
  const index = collection.indexes.find(
    ({ name, spec }) => name === wanted || (isDoc(wanted) && equalValues(spec['key'] ?? null, wanted)),
  );
  if (index) return [index];
  const named = isDoc(wanted) ? keysOf(wanted).join('_') : String(wanted);
  throw new CommandError(27, `index not found with name [${named}]`);
}

function isIdKey(key: Value | undefined): boolean {
  return isDoc(key) && keysOf(key).join() === '_id';
}

export const collections: Commands = { create, drop, dropDatabase, createIndexes, dropIndexes };
