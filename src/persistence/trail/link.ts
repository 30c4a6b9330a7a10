// The hash of the chain; another algorithm would begin a new chain (ADR 10).
import { createHash } from 'node:crypto';
import type { Link } from '../../domain/trail/chain.ts';

export const link: Link = (previousHash, bytes) =>
  createHash('sha256').update(previousHash, 'hex').update(bytes).digest('hex');
