// endSessions and its relatives: a client that leaves lets go of its transactions at once.
import { randomBytes } from 'node:crypto';
import { Binary, isDoc, type Doc, type Value } from '../query/bson.ts';
import type { ReadCommand } from './command.ts';

/** The id of a session as the session table knows it. */
export function sessionIdOf(lsid: Value | undefined): string | undefined {
  const id = isDoc(lsid) ? lsid['id'] : undefined;
  return id instanceof Binary ? Buffer.from(id.buffer.subarray(0, id.position)).toString('hex') : undefined;
}

const ending = (field: string): ReadCommand => ({
  inTransaction: false,
  read(op, { body, name }) {
    const list = body[field === '' ? name : field];
    const ids = Array.isArray(list) ? list.map(sessionIdOf) : [];
    op.engine.sessions.end(ids.filter((id) => id !== undefined));
    return {};
  },
});

export const endSessions = ending('');

export const killAllSessions: ReadCommand = {
  inTransaction: false,
  read(op) {
    op.engine.sessions.endAll();
    return {};
  },
};

export const refreshSessions: ReadCommand = {
  inTransaction: false,
  read(op, { body }) {
    const list = body['refreshSessions'];
    for (const lsid of Array.isArray(list) ? list : []) {
      const id = sessionIdOf(lsid);
      if (id) op.engine.sessions.get(id);
    }
    return {};
  },
};

export const startSession: ReadCommand = {
  inTransaction: false,
  read: () => ({ fields: { id: { id: new Binary(randomBytes(16), 4) } satisfies Doc, timeoutMinutes: 30 } }),
};
