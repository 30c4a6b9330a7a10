// Long work as records: what, for whom, how far; a runner takes one by a lease, so a stopped process leaves it resumable.
import { Schema, type Connection } from 'mongoose';
import { orNotFound } from '../domain/shared/errors.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'stopped';

export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly accountId: string;
  readonly titleKey: string;
  readonly titleDetails: Readonly<Record<string, string | number>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly state: JobState;
  readonly done: number;
  readonly total: number;
  /** How often it was taken: whoever took it before the last time works on it no longer. */
  readonly turn: number;
  /** Where the finished work is seen. */
  readonly resultPath: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** A job as the caller took it. */
type Taken = Pick<Job, 'id' | 'turn'>;

const schema = new Schema(
  {
    _id: String,
    kind: { type: String },
    accountId: String,
    titleKey: String,
    titleDetails: Schema.Types.Mixed,
    payload: Schema.Types.Mixed,
    state: String,
    done: Number,
    total: Number,
    turn: Number,
    resultPath: String,
    createdAt: Date,
    finishedAt: Date,
    leaseUntil: Date,
  },
  { versionKey: false, collection: 'jobs', minimize: false },
);
schema.index({ state: 1, createdAt: 1 });
schema.index({ accountId: 1, createdAt: -1 });

const leaseMilliseconds = 30_000;

export type Jobs = ReturnType<typeof createJobs>;

export function createJobs(connection: Connection, newId: () => string) {
  const model = connection.model('Job', schema);
  const toJob = (stored: object): Job => {
    const { _id, ...job } = stored as { _id: string };
    return { ...job, id: _id } as unknown as Job;
  };
  return {
    /** Queues work in the caller's transaction and returns its id. */
    async queue(
      job: Pick<Job, 'kind' | 'accountId' | 'titleKey' | 'titleDetails' | 'payload' | 'total' | 'resultPath'>,
      now: Date,
    ): Promise<string> {
      const id = newId();
      await model.insertMany(
        [
          {
            _id: id,
            ...job,
            state: 'queued',
            done: 0,
            turn: 0,
            createdAt: now,
            finishedAt: null,
            leaseUntil: null,
          },
        ],
        { lean: true } as never,
      );
      return id;
    },
    /** A job of this account; throws NotFound. */
    async get(accountId: string, id: string): Promise<Job> {
      return toJob(orNotFound(await model.findOne({ _id: id, accountId }).lean()));
    },
    async ofAccount(accountId: string, limit = 20): Promise<Job[]> {
      return (await model.find({ accountId }).sort({ createdAt: -1 }).limit(limit).lean()).map(toJob);
    },
    /** The oldest job nobody works on, now leased to the caller; null when there is none. */
    async takeNext(now: Date): Promise<Job | null> {
      const leaseUntil = new Date(now.getTime() + leaseMilliseconds);
      for (const state of ['queued', 'running'] as const) {
        const filter = state === 'queued' ? { state } : { state, leaseUntil: { $lt: now } };
        const found = await model
          .findOneAndUpdate(
            filter,
            { $set: { state: 'running', leaseUntil }, $inc: { turn: 1 } },
            { sort: { createdAt: 1 }, returnDocument: 'after' },
          )
          .lean();
        if (found) return toJob(found);
      }
      return null;
    },
    /** Notes progress and renews the lease; false when the job was stopped or taken by another meanwhile. */
    async advance({ id, turn }: Taken, done: number, now: Date): Promise<boolean> {
      const leaseUntil = new Date(now.getTime() + leaseMilliseconds);
      const result = await model.updateOne(
        { _id: id, turn, state: 'running' },
        { $set: { done, leaseUntil } },
      );
      return result.matchedCount === 1;
    },
    /** Ends a job that is still the caller's. */
    async finish({ id, turn }: Taken, state: 'done' | 'failed', now: Date): Promise<void> {
      await model.updateOne({ _id: id, turn, state: 'running' }, { $set: { state, finishedAt: now } });
    },
    /** Leaves a job to whoever looks next. */
    async letGo({ id, turn }: Taken): Promise<void> {
      await model.updateOne({ _id: id, turn, state: 'running' }, { $set: { leaseUntil: new Date(0) } });
    },
    /** Queues a stopped or failed job again, to go on where it was. */
    async resume(accountId: string, id: string): Promise<void> {
      await model.updateOne(
        { _id: id, accountId, state: { $in: ['stopped', 'failed'] } },
        { $set: { state: 'queued', finishedAt: null } },
      );
    },
    async stop(accountId: string, id: string, now: Date): Promise<void> {
      await model.updateOne(
        { _id: id, accountId, state: { $in: ['queued', 'running'] } },
        { $set: { state: 'stopped', finishedAt: now } },
      );
    },
  };
}
