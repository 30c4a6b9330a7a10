// The year's figures as anybody would first ask MongoDB for them: joins and groups over the records, nothing kept.
import type { Connection } from 'mongoose';

export interface AggregatedYear {
  readonly personTimes: number;
  readonly persons: number;
  readonly certified: number;
  readonly certificates: number;
}

const day = (year: number, end: string) => `${year}-${end}`;

/** Person-times, persons, certified persons and certificates of a year. */
export async function aggregateYear(connection: Connection, year: number): Promise<AggregatedYear> {
  const within = { $gte: day(year, '01-01'), $lte: day(year, '12-31') };
  const [training] = (await connection
    .collection('trainingSessions')
    .aggregate([
      {
        $match: {
          subsidised: true,
          kind: { $ne: 'work_training' },
          status: { $in: ['in_progress', 'completed', 'assessed', 'closed'] },
        },
      },
      {
        $lookup: {
          from: 'lessons',
          let: { session: '$_id' },
          pipeline: [
            { $match: { $expr: { $eq: ['$sessionId', '$$session'] }, status: 'held' } },
            { $group: { _id: null, first: { $min: '$day' } } },
          ],
          as: 'held',
        },
      },
      { $set: { first: { $arrayElemAt: ['$held.first', 0] } } },
      { $match: { first: within } },
      { $lookup: { from: 'enrolments', localField: '_id', foreignField: 'sessionId', as: 'enrolment' } },
      { $unwind: '$enrolment' },
      { $match: { 'enrolment.status': { $ne: 'undone' } } },
      {
        $match: {
          $expr: {
            $or: [
              { $ne: ['$enrolment.status', 'withdrawn'] },
              { $gte: ['$enrolment.withdrawnOn', '$first'] },
            ],
          },
        },
      },
      { $group: { _id: '$enrolment.personId', times: { $sum: 1 } } },
      { $group: { _id: null, persons: { $sum: 1 }, times: { $sum: '$times' } } },
    ])
    .toArray()) as unknown as { times: number; persons: number }[];
  const [certification] = (await connection
    .collection('certificates')
    .aggregate([
      {
        $match: {
          kind: { $in: ['national_qualification', 'skill_level'] },
          issuedOn: within,
          countedDivision: '320507',
          status: 'valid',
        },
      },
      { $group: { _id: '$personId', certificates: { $sum: 1 } } },
      { $group: { _id: null, persons: { $sum: 1 }, certificates: { $sum: '$certificates' } } },
    ])
    .toArray()) as unknown as { certificates: number; persons: number }[];
  return {
    personTimes: training?.times ?? 0,
    persons: training?.persons ?? 0,
    certified: certification?.persons ?? 0,
    certificates: certification?.certificates ?? 0,
  };
}
