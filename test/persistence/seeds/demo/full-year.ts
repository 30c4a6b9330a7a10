// npm run demo:check -- --data DIR: audits a demo folder that was made, and ends with a line N passed, N failed.
import { readArguments } from '../../../../src/cli/arguments.ts';
import { auditDemo } from './open-demo.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const findings = await auditDemo(
    readArguments(process.argv.slice(2), ['data']).text('data') ?? 'data/demo',
  );
  for (const { what, wrong } of findings) say(wrong === null ? `  ok  ${what}` : `  NO  ${what}: ${wrong}`);
  const failed = findings.filter(({ wrong }) => wrong !== null).length;
  say(`${findings.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
