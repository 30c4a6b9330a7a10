// Small questions that drivers and tools ask about the server itself.
import { CommandError } from '../errors.ts';
import { flagOf } from '../wire/fields.ts';
import type { ReadCommand } from './command.ts';

export const ping: ReadCommand = { inTransaction: false, read: () => ({}) };

export const buildInfo: ReadCommand = {
  inTransaction: false,
  read: () => ({
    fields: {
      version: '7.0.0',
      versionArray: [7, 0, 0, 0],
      gitVersion: 'embedded',
      modules: ['embedded'],
      storageEngines: ['lmdb'],
      bits: 64,
      debug: false,
      maxBsonObjectSize: 16 * 1024 * 1024,
    },
  }),
};

export const connectionStatus: ReadCommand = {
  inTransaction: false,
  read: ({ caller: { user } }) => ({
    fields: {
      authInfo: {
        authenticatedUsers: user === undefined ? [] : [{ user, db: 'admin' }],
        authenticatedUserRoles: user === undefined ? [] : [{ role: 'root', db: 'admin' }],
      },
    },
  }),
};

// The server keeps no log of its own; shells ask for warnings at their start.
export const getLog: ReadCommand = {
  inTransaction: false,
  read: (_op, { body }) => {
    const wanted = body['getLog'];
    if (wanted === '*') return { fields: { names: LOGS } };
    if (typeof wanted !== 'string' || !LOGS.includes(wanted))
      throw new CommandError(96, `No log named '${String(wanted)}'`);
    return { fields: { totalLinesWritten: 0, log: [] } };
  },
};

const LOGS = ['global', 'startupWarnings'];

export const getParameter: ReadCommand = {
  inTransaction: false,
  read: (_op, { body }) => {
    const known: Record<string, unknown> = {
      featureCompatibilityVersion: { version: '7.0' },
      authenticationMechanisms: [],
    };
    const all = body['getParameter'] === '*';
    return {
      fields: Object.fromEntries(Object.entries(known).filter(([name]) => all || flagOf(body[name]))),
    };
  },
};
