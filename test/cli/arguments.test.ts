import { expect } from 'chai';
import { readArguments } from '../../src/cli/arguments.ts';
import { runCommand } from '../support/commands.ts';

const known = ['dry-run', 'data', 'into-existing', 'key', 'json'];
/** What npm hands to every script it runs. */
const npm = {
  npm_lifecycle_event: 'retention',
  npm_config_cache: '/root/.npm',
  npm_config_user_agent: 'npm/11 node/v20 linux x64',
  npm_config_userconfig: '/root/.npmrc',
  npm_config_yes: '',
  npm_config_json: 'false',
};
const refusal = (given: readonly string[], environment: NodeJS.ProcessEnv): string | null => {
  try {
    readArguments(given, known, environment);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('cli/arguments', function () {
  this.timeout(60_000);

  it('refuses an option that npm kept for itself, with the right form, and shows no value', () => {
    expect(refusal([], { ...npm, npm_config_dry_run: 'true' }))
      .to.include('npm kept --dry-run for itself')
      .and.include('npm run retention -- --dry-run.');
    expect(
      refusal(['D'], { ...npm, npm_config_data: 'true', npm_config_into_existing: 'u:s3cret@h' }),
    ).to.match(/kept --data and --into-existing for itself.* -- --data --into-existing\.$/);
  });

  it('is not misled by what npm sets by itself, by options given rightly, or outside npm', () => {
    expect(refusal(['--key', 'K'], npm)).to.equal(null);
    expect(refusal(['--dry-run'], { ...npm, npm_config_dry_run: 'true' })).to.equal(null);
    expect(refusal([], { npm_config_dry_run: 'true' })).to.equal(null);
  });

  it('keeps a command from its work', async () => {
    const { code, out } = await runCommand('src/cli/retention.ts', [], {
      npm_lifecycle_event: 'retention',
      npm_config_dry_run: 'true',
    });
    expect(code).to.equal(1);
    expect(out).to.match(/^npm kept [^\n]*\n$/);
  });
});
