// Who may change which document or unique key: first writer wins among transactions, plain writes wait.
import { writeConflict } from '../errors.ts';

/** A transaction as the lock table sees it. */
export interface LockOwner {
  /** Number of the last committed write the owner's snapshot shows. */
  readonly snapshot: number;
  readonly held: Set<string>;
  /** Settles when the owner has committed or aborted. */
  readonly finished: Promise<void>;
}

/** The lock table of one server; it lives in memory, because no transaction outlives the process. */
export function lockTable() {
  const owners = new Map<string, LockOwner>();
  const open = new Set<LockOwner>();
  const lastWrite = new Map<string, number>();
  let sequence = 0;
  return {
    /** Number of the last committed write. */
    current: (): number => sequence,
    begin: (owner: LockOwner): void => void open.add(owner),
    end(owner: LockOwner): void {
      for (const key of owner.held) owners.delete(key);
      owner.held.clear();
      open.delete(owner);
      if (open.size === 0) lastWrite.clear();
    },
    /** Takes every key for a transaction, or throws WriteConflict (112) when another one was first. */
    take(owner: LockOwner, keys: readonly string[]): void {
      for (const key of keys) {
        const holder = owners.get(key);
        if ((holder && holder !== owner) || (lastWrite.get(key) ?? 0) > owner.snapshot) throw writeConflict();
      }
      for (const key of keys) {
        owners.set(key, owner);
        owner.held.add(key);
      }
    },
    /** The transaction a plain write of these keys has to wait for. */
    holderOf(keys: readonly string[]): LockOwner | undefined {
      const taken = keys.find((key) => owners.has(key));
      return taken === undefined ? undefined : owners.get(taken);
    },
    /** Records a committed write, so that older snapshots conflict with it. */
    wrote(keys: Iterable<string>): void {
      if (open.size === 0) return;
      sequence += 1;
      for (const key of keys) lastWrite.set(key, sequence);
    },
  };
}
