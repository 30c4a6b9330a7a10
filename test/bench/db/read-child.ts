// Reads a collection from end to end by a cursor, server and driver in one process, and says how far its memory rose.
import { readFileSync } from 'node:fs';
import mongoose from 'mongoose';
import { start } from '../../../src/embedded-db/index.ts';
import type { ReadingCost } from './million.ts';

const [dir = '', name = '', expected = '0'] = process.argv.slice(2);
const gc = (globalThis as { gc?: () => void }).gc;

/** Bytes of the process's own memory: the pages of mapped files belong to the system, where it tells them apart. */
function ownMemory(): number {
  try {
    const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Other systems than Linux count both together.
  }
  return process.memoryUsage().rss;
}

const server = await start({ dir });
const client = await new mongoose.mongo.MongoClient(server.uri).connect();
const collection = client.db('bench').collection(name);
await collection.find().limit(1_000).toArray();
gc?.();
const idle = ownMemory();
let peak = idle;
const look = () => (peak = Math.max(peak, ownMemory()));
const timer = setInterval(look, 5);
let documents = 0;
for await (const one of collection.find()) {
  if (one._id !== undefined) documents += 1;
  if (documents % 500 === 0) look();
}
clearInterval(timer);
await client.close();
await server.stop();
if (documents !== Number(expected)) throw new Error(`${documents} of ${expected} documents were read`);
process.stdout.write(JSON.stringify({ documents, idle, peak } satisfies ReadingCost));
