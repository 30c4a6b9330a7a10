// Write concerns: every write is on disk before its reply, and there is one node; asking for more is answered as MongoDB does.
import { docField, numberOf } from '../wire/fields.ts';
import type { Request } from '../wire/op-msg.ts';
import type { Answer } from '../wire/reply.ts';

/** The answer, with a writeConcernError (100, 79) where the request asks for nodes that do not exist. */
export function withConcern({ body }: Request, answer: Answer): Answer {
  const w = docField(body, 'writeConcern')?.['w'];
  if (w === undefined || w === 'majority' || (numberOf(w) ?? 2) <= 1) return answer;
  const error =
    typeof w === 'string'
      ? {
          code: 79,
          codeName: 'UnknownReplWriteConcern',
          errmsg: `No write concern mode named '${w}' found in replica set configuration`,
        }
      : { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' };
  return { ...answer, fields: { ...answer.fields, writeConcernError: error } };
}
