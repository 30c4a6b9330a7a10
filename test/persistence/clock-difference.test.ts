import { expect } from 'chai';
import { clockDifference } from '../../src/persistence/clock-difference.ts';
import { openTestDatabase } from '../support/database.ts';

describe('persistence/clock-difference', () => {
  it('tells by how much a clock is ahead of the database, or behind', async () => {
    const { connection, drop } = await openTestDatabase();
    const shifted = (seconds: number) => () => new Date(Date.now() + seconds * 1_000);
    expect(await clockDifference(connection, shifted(300))).to.be.within(297, 303);
    expect(await clockDifference(connection, shifted(-45))).to.be.within(-48, -42);
    expect(await clockDifference(connection, shifted(0))).to.be.within(-3, 3);
    await drop();
  });
});
