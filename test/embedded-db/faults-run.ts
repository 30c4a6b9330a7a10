// npm run faults: lets system calls on the embedded database's file fail, one kind after the other, and says what came of it.
import { cannotInject, FAILINGS, withFailingCalls } from './support/failing-calls.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const reason = cannotInject();
if (reason !== null) say(`Skipped: ${reason}.`);
else
  for (const failing of FAILINGS) {
    const { acknowledged, refused, reads, faults } = await withFailingCalls(failing);
    const times = [...refused.values()].reduce((sum, one) => sum + one, 0);
    say(
      `${failing.calls} ${failing.error} ${failing.when ?? 'always'}: ${acknowledged} acknowledged, ${times} refused, ${reads} read meanwhile, ${faults.length} faults`,
    );
    for (const [said, count] of refused) say(`  ${count} × ${said.slice(0, 160)}`);
    for (const fault of faults.slice(0, 20)) say(`  FAULT ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  }
