// The hash of the chain; another algorithm would begin a new chain (ADR 10).
import { hash } from 'node:crypto';
import type { Link } from '../../domain/trail/chain.ts';

export const link: Link = (previousHash, bytes) =>
  hash('sha256', Buffer.concat([Buffer.from(previousHash, 'hex'), bytes]));
