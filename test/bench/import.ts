// A roster of many rows, checked and committed, against insertMany of the documents that commit left behind, under the same
// indexes.
import { checkRoster } from '../../src/use-cases/training/check-roster.ts';
import { commitRoster } from '../../src/use-cases/training/commit-roster.ts';
import { aSession, rows } from '../support/rosters.ts';
import { openWorld } from '../support/world.ts';
import { median, ms, timed, type Measured } from './measure.ts';

const collections = ['people', 'enrolments'] as const;

export async function benchImport(count: number, turns = 3): Promise<Measured> {
  const world = await openWorld('2021-04-20');
  const { deps } = world;
  try {
    const ours: number[] = [];
    const raw: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const { staff, centreId } = await aSession(deps);
      const committed: string[] = [];
      // A session holds 500 people at most, so a long roster is several.
      const typed = rows(count);
      let spent = 0;
      for (let from = 0; from < count; from += 500) {
        const { session } = await aSession(deps, { capacity: 500 }, { actor: staff, centreId });
        const part = typed.slice(from, from + 500);
        spent += await timed(async () => {
          const { rosterImport } = await checkRoster(deps, {
            actor: staff,
            sessionId: session.id,
            rows: part,
          });
          await commitRoster(deps, { actor: staff, importId: rosterImport.id });
        });
        committed.push(session.id);
      }
      ours.push(spent);
      const enrolments = await deps.enrolments.model.find({ sessionId: { $in: committed } } as never).lean();
      const ids = (enrolments as unknown as { personId: string }[]).map((one) => one.personId);
      const people = await deps.people.model.find({ _id: { $in: ids } } as never).lean();
      const connection = deps.people.model.db;
      const documents = { people, enrolments };
      const models = { people: deps.people.model, enrolments: deps.enrolments.model };
      for (const name of collections)
        await connection
          .collection(`raw_${name}_${turn}`)
          .createIndexes(
            models[name].schema.indexes().map(([key, options]) => ({ key, ...options }) as never),
          );
      raw.push(
        await timed(async () => {
          for (const name of collections)
            await connection.collection(`raw_${name}_${turn}`).insertMany(documents[name] as never[]);
        }),
      );
    }
    const share = median(raw) / median(ours);
    return {
      name: `import of ${count} rows`,
      result: `${ms(median(ours))} checked and committed`,
      baseline: `${ms(median(raw))} insertMany of the same documents and indexes`,
      ratio: `${share.toFixed(3)} of its speed`,
      goal: 'at least 1/3',
      met: share >= 1 / 3,
    };
  } finally {
    await world.close();
  }
}
