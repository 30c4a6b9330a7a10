// Small questions that drivers and tools ask about the server itself.
import { CommandError } from '../errors.ts';
import { newDoc } from '../query/bson.ts';
import { flagOf } from '../wire/fields.ts';
import type { ReadCommand } from './command.ts';
import { SET_NAME } from './hello.ts';

const VERSION = '7.0.0';

const answering = (fields: Record<string, unknown>, inTransaction = false): ReadCommand => ({
  inTransaction,
  read: () => ({ fields }),
});

export const ping = answering({});

export const buildInfo = answering({
  version: VERSION,
  versionArray: [7, 0, 0, 0],
  gitVersion: 'embedded',
  modules: ['embedded'],
  storageEngines: ['lmdb'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: 16 * 1024 * 1024,
});

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

export const whatsmyuri: ReadCommand = {
  inTransaction: false,
  read: ({ caller }) => ({ fields: { you: `connection ${caller.id}` } }),
};

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

export const replSetGetStatus: ReadCommand = {
  inTransaction: false,
  read: (op) => ({
    fields: {
      set: SET_NAME,
      myState: 1,
      members: [{ _id: 0, name: op.engine.address, health: 1, state: 1, stateStr: 'PRIMARY', self: true }],
    },
  }),
};

export const serverStatus: ReadCommand = {
  inTransaction: false,
  read: () => ({
    fields: {
      version: VERSION,
      process: 'skillroll',
      pid: BigInt(process.pid),
      uptime: process.uptime(),
      repl: newDoc(),
      storageEngine: { name: 'lmdb' },
    },
  }),
};
