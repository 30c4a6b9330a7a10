// Required by `npm run test:repeats`. The first attempt of each transaction runs to its end, is rolled back, and the driver
// runs its body again, as after a conflict at the commit: what a test then sees otherwise is a body that cannot be repeated.
// Two operations of one transaction at the same time, which MongoDB does not support, fail the test.
import mongoose, { type ClientSession, type mongo } from 'mongoose';

const { ClientSession: Session, MongoClient, MongoServerError } = mongoose.mongo as typeof mongo;

const repeated = new WeakSet<ClientSession>();
const { commitTransaction } = Session.prototype;

Session.prototype.commitTransaction = async function (this: ClientSession, ...given) {
  if (repeated.has(this)) return commitTransaction.apply(this, given);
  repeated.add(this);
  await this.abortTransaction();
  throw new MongoServerError({
    message: 'The first attempt is rolled back',
    code: 112,
    errorLabels: ['TransientTransactionError'],
  });
};

/** What runs in each session that has a transaction. */
const running = new Map<string, { readonly requestId: number; readonly asked: string }>();
const together = new Set<string>();
const { connect } = MongoClient.prototype;

MongoClient.prototype.connect = function (this: mongo.MongoClient) {
  (this as unknown as { monitorCommands: boolean }).monitorCommands = true;
  this.on('commandStarted', ({ requestId, command, commandName }: mongo.CommandStartedEvent) => {
    const { lsid, autocommit, [commandName]: about } = command as Record<string, unknown>;
    if (autocommit !== false) return;
    const session = String((lsid as { id: unknown }).id);
    const asked = `${commandName} ${String(about)}`;
    const other = running.get(session);
    if (other !== undefined) together.add(`${other.asked} and ${asked}`);
    running.set(session, { requestId, asked });
  });
  const end = ({ requestId }: { readonly requestId: number }): void => {
    for (const [session, one] of running) if (one.requestId === requestId) running.delete(session);
  };
  this.on('commandSucceeded', end);
  this.on('commandFailed', end);
  return connect.call(this);
};

export const mochaHooks = {
  afterEach() {
    const found = [...together];
    together.clear();
    if (found.length > 0) throw new Error(`At the same time in one transaction: ${found.join(', ')}`);
  },
};
