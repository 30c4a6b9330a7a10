// create: a new empty collection.
import { CommandError, unsupported } from '../errors.ts';
import { flagOf } from '../wire/fields.ts';
import { collectionName, refuseCollation, type WriteCommand } from './command.ts';

const REFUSED: Record<string, string> = {
  capped: 'a capped collection',
  timeseries: 'a time-series collection',
  viewOn: 'a view',
  validator: 'a validator',
  clusteredIndex: 'a clustered collection',
  changeStreamPreAndPostImages: 'change streams',
  encryptedFields: 'an encrypted collection',
};

export const create: WriteCommand = {
  inTransaction: false,

  *write(op, request) {
    const { body } = request;
    refuseCollation(body);
    for (const [option, feature] of Object.entries(REFUSED)) {
      const value = body[option];
      if (flagOf(value) || typeof value === 'string' || (typeof value === 'object' && value !== null))
        throw unsupported(feature);
    }
    const name = collectionName(request);
    if (op.collection(name)) throw new CommandError(48, `Collection ${op.db}.${name} already exists.`);
    op.collectionForWrite(name);
    return {};
  },
};
