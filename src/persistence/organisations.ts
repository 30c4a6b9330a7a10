// Organisations: training centres, evaluators, enterprises and schools with their filings.
import { Schema, type Connection } from 'mongoose';
import type { Capacity, Organisation } from '../domain/organisations/organisation.ts';
import type { Scope } from '../domain/accounts/scope.ts';
import { createRecordStore } from './record-store.ts';
import { sortKeyOf } from './sort-key.ts';

const filing = new Schema(
  {
    id: String,
    capacity: String,
    occupationCode: String,
    skillLevels: [String],
    methods: [String],
    validFrom: String,
    validTo: String,
  },
  { _id: false },
);
const schema = new Schema(
  {
    _id: String,
    version: Number,
    name: String,
    formerNames: [String],
    nameSortKey: String,
    creditCode: String,
    creditCodeReason: String,
    capacities: [String],
    areaCode: String,
    divisionCode: String,
    numberPrefix: String,
    filings: [filing],
    phone: String,
    createdAt: Date,
  },
  { versionKey: false, collection: 'organisations' },
);
schema.index({ creditCode: 1 }, { unique: true });
schema.index(
  { numberPrefix: 1 },
  { unique: true, partialFilterExpression: { numberPrefix: { $type: 'string' } } },
);
schema.index({ capacities: 1, nameSortKey: 1 });
schema.index({ areaCode: 1, nameSortKey: 1 });
schema.index({ nameSortKey: 1 });

export type Organisations = ReturnType<typeof createOrganisations>;

/** The store of organisations; each organisation sees itself, an area those on its ground, the district all. */
export function createOrganisations(connection: Connection) {
  const store = createRecordStore<Organisation>(
    connection,
    'Organisation',
    schema,
    { centre: '_id', evaluator: '_id', enterprise: '_id', area: 'areaCode' },
    { toStored: (organisation) => ({ ...organisation, nameSortKey: sortKeyOf(organisation.name) }) },
  );
  return {
    ...store,
    async ofCapacity(scope: Scope, capacity: Capacity): Promise<Organisation[]> {
      return store.find(scope, { capacities: capacity }, { sort: { nameSortKey: 1 } });
    },
    /** Those of the ids that are organisations of this capacity. */
    async idsOf(ids: readonly string[], capacity: Capacity): Promise<string[]> {
      if (ids.length === 0) return [];
      const found = await store.model
        .find({ _id: { $in: [...ids] }, capacities: capacity }, { _id: 1 })
        .lean();
      return found.map((one) => one._id);
    },
    /** Names by id for lists; ids without an organisation are absent. */
    async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
      const found = await store.model.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean();
      return new Map(found.map((o) => [o._id, o.name as string]));
    },
  };
}
