// Log lines as JSON; the level says who must act: error = someone now, warn = someone soon, info = nobody.
import { pino } from 'pino';

export interface Log {
  error(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  info(facts: object, message: string): void;
  debug(facts: object, message: string): void;
}

/** A log of the given level; facts never hold names, document numbers, mobiles or codes. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
