// Reference data in the database: first values are sown once, then read into memory at start.
import { Schema, type Connection } from 'mongoose';
import type { Area, DatedSetting, Occupation, Reference } from '../domain/reference/reference.ts';
import { areas } from './seeds/reference/areas.ts';
import { occupations } from './seeds/reference/occupations.ts';
import { settings } from './seeds/reference/settings.ts';

const anyFields = { versionKey: false, strict: false, autoIndex: false } as const;

export type ReferenceData = ReturnType<typeof createReferenceData>;

export function createReferenceData(connection: Connection) {
  const areaModel = connection.model(
    'Area',
    new Schema({ _id: String }, { ...anyFields, collection: 'areas' }),
  );
  const occupationModel = connection.model(
    'Occupation',
    new Schema({ _id: String }, { ...anyFields, collection: 'occupations' }),
  );
  const settingModel = connection.model(
    'DatedSetting',
    new Schema({ _id: String }, { ...anyFields, collection: 'settings' }),
  );
  const sow = async (model: typeof areaModel, rows: readonly { id: string; row: object }[]) => {
    await model.bulkWrite(
      rows.map(({ id, row }) => ({
        updateOne: { filter: { _id: id }, update: { $setOnInsert: row }, upsert: true },
      })),
    );
  };
  return {
    /** Writes the first values that are absent; existing ones stay as they are. */
    async sow(): Promise<void> {
      if (
        (await settingModel.countDocuments({})) >= settings.length &&
        (await areaModel.countDocuments({})) > 0
      )
        return;
      await sow(
        areaModel,
        areas.map((row) => ({ id: row.code, row })),
      );
      await sow(
        occupationModel,
        occupations.map((row) => ({ id: row.code, row })),
      );
      await sow(
        settingModel,
        settings.map((row) => ({ id: `${row.key}:${row.effectiveFrom}`, row })),
      );
    },
    async read(): Promise<Reference> {
      const [foundAreas, foundOccupations, foundSettings] = await Promise.all([
        areaModel.find({}).sort({ _id: 1 }).lean(),
        occupationModel.find({}).sort({ _id: 1 }).lean(),
        settingModel.find({}).sort({ _id: 1 }).lean(),
      ]);
      return {
        areas: foundAreas as unknown as Area[],
        occupations: foundOccupations as unknown as Occupation[],
        settings: foundSettings as unknown as DatedSetting[],
      };
    },
  };
}
