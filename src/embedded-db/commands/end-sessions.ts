// endSessions: a client that leaves lets go of its transactions at once.
import { Binary, isDoc, type Value } from '../query/bson.ts';
import type { ReadCommand } from './command.ts';

/** The id of a session as the session table knows it. */
export function sessionIdOf(lsid: Value | undefined): string | undefined {
  const id = isDoc(lsid) ? lsid['id'] : undefined;
  return id instanceof Binary ? Buffer.from(id.buffer.subarray(0, id.position)).toString('hex') : undefined;
}

export const endSessions: ReadCommand = {
  inTransaction: false,
  read(op, { body }) {
    const list = body['endSessions'];
    const ids = Array.isArray(list) ? list.map(sessionIdOf) : [];
    op.engine.sessions.end(ids.filter((id) => id !== undefined));
    return {};
  },
};
