// The only reader of the environment: every setting is one line here with a sentence, and a start without a needed one
// fails with that sentence.
import { join, resolve, sep } from 'node:path';
import Joi from 'joi';

export interface Setting {
  readonly name: string;
  readonly about: string;
  readonly example: string;
  readonly schema: Joi.Schema;
  readonly requiredInProduction?: boolean;
}

export const settings = [
  {
    name: 'SKILLROLL_DATA',
    about: 'Folder of the embedded database; needed unless MONGODB_URI is set.',
    example: './data/skillroll',
    schema: Joi.string(),
  },
  {
    name: 'MONGODB_URI',
    about: 'Address of a MongoDB replica set (6 or later); used instead of the embedded database.',
    example: 'mongodb://localhost:27017/skillroll?replicaSet=rs0',
    schema: Joi.string().uri({ scheme: ['mongodb', 'mongodb+srv'] }),
  },
  {
    name: 'PORT',
    about: 'TCP port the pages are served on.',
    example: '3000',
    schema: Joi.number().port().default(3000),
  },
  {
    name: 'HOST',
    about: 'Address to listen on; loopback unless a proxy or another host must reach it.',
    example: '127.0.0.1',
    schema: Joi.string().default('127.0.0.1'),
  },
  {
    name: 'PUBLIC_URL',
    about:
      'Address under which the public reaches the pages; it is frozen into the QR code of every certificate.',
    example: 'https://skills.example.gov.cn',
    schema: Joi.string().uri({ scheme: ['http', 'https'] }),
    requiredInProduction: true,
  },
  {
    name: 'SESSION_SECRET',
    about: 'At least 32 random characters that sign cookies and form tokens.',
    example: 'openssl rand -hex 32',
    schema: Joi.string().min(32),
    requiredInProduction: true,
  },
  {
    name: 'KEY_FILE',
    about:
      'File with the keys that encrypt document numbers, mobiles and kept files; it must lie outside the data folder.',
    example: './skillroll.key',
    schema: Joi.string(),
    requiredInProduction: true,
  },
  {
    name: 'TRAIL_CHECKPOINTS',
    about:
      'Folder for the signed checkpoints of the trail, one a day, best on another machine; none are written without it.',
    example: './checkpoints',
    schema: Joi.string(),
  },
  {
    name: 'TRUST_PROXY',
    about: 'Number of reverse proxies in front whose forwarded addresses are believed; 0 believes none.',
    example: '1',
    schema: Joi.number().integer().min(0).default(0),
  },
  {
    name: 'IDLE_MINUTES',
    about: 'Minutes without a request after which a sign-in ends.',
    example: '20',
    schema: Joi.number().integer().min(5).max(120).default(20),
  },
  {
    name: 'SIGN_IN_HOURS',
    about: 'Hours after which a sign-in ends in any case.',
    example: '12',
    schema: Joi.number().integer().min(1).max(24).default(12),
  },
  {
    name: 'SIGN_INS_AT_ONCE',
    about: 'How many browsers an account may be signed in with at once; one more ends the oldest.',
    example: '5',
    schema: Joi.number().integer().min(1).max(50).default(5),
  },
  {
    name: 'UNUSED_DAYS',
    about: 'Days after which an account nobody signed in with is closed.',
    example: '90',
    schema: Joi.number().integer().min(7).max(3_650).default(90),
  },
  {
    name: 'PASSWORD_COST',
    about:
      'Cost of password hashes: scrypt with N = 2 to this power, r = 8, p = 1. A hash of another cost is made anew at the next sign-in.',
    example: '17',
    schema: Joi.number().integer().min(15).max(20).default(17),
  },
  {
    name: 'REQUESTS_A_MINUTE',
    about: 'How many pages and files one sign-in, or one address without a sign-in, may ask for in a minute.',
    example: '600',
    schema: Joi.number().integer().min(60).default(600),
  },
  {
    name: 'FORMS_A_MINUTE',
    about: 'How many forms one sign-in, or one address without a sign-in, may send in a minute.',
    example: '60',
    schema: Joi.number().integer().min(10).default(60),
  },
  {
    name: 'LOG_LEVEL',
    about: 'Least level written to the log: error, warn, info or debug.',
    example: 'info',
    schema: Joi.string().valid('silent', 'error', 'warn', 'info', 'debug').default('info'),
  },
] as const satisfies readonly Setting[];

export interface Config {
  readonly dataDir: string | null;
  readonly mongodbUri: string | null;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly sessionSecret: string;
  readonly keyFile: string;
  /** Folder of the trail's checkpoints, or null. */
  readonly checkpointDir: string | null;
  readonly trustProxy: number;
  readonly idleMinutes: number;
  readonly signInHours: number;
  readonly signInsAtOnce: number;
  readonly unusedDays: number;
  readonly passwordCost: number;
  readonly requestsPerMinute: number;
  readonly formsPerMinute: number;
  readonly logLevel: string;
}

/** A start that lacks or misreads settings; `sentences` are for the operator, exit code 78 (EX_CONFIG). */
export class ConfigError extends Error {
  readonly sentences: readonly string[];
  readonly exitCode = 78;

  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigError';
    this.sentences = sentences;
  }
}

const loopback = ['127.0.0.1', '::1', 'localhost'];
const readMore = 'More: .env.example, and README.md, "In production".';

/** The frozen settings of a production start, or ConfigError with one sentence for each missing or unusable setting. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const sentences: string[] = [];
  const values: Record<string, unknown> = {};
  for (const setting of settings) {
    const given = environment[setting.name] === '' ? undefined : environment[setting.name];
    if (given === undefined && 'requiredInProduction' in setting) {
      sentences.push(
        `${setting.name} is missing. ${setting.about} Example: ${setting.name}=${setting.example}. ${readMore}`,
      );
      continue;
    }
    const { value, error } = setting.schema.validate(given) as {
      value: unknown;
      error?: Joi.ValidationError;
    };
    if (error)
      sentences.push(
        `${setting.name} cannot be used. ${setting.about} Example: ${setting.name}=${setting.example}. ${readMore}`,
      );
    values[setting.name] = value;
  }
  if (values.SKILLROLL_DATA === undefined && values.MONGODB_URI === undefined) {
    sentences.push(
      `SKILLROLL_DATA or MONGODB_URI is missing. ${settings[0].about} Example: SKILLROLL_DATA=${settings[0].example}. ${readMore}`,
    );
  }
  const { KEY_FILE, SKILLROLL_DATA } = values as Record<string, string | undefined>;
  if (KEY_FILE && SKILLROLL_DATA && liesIn(KEY_FILE, SKILLROLL_DATA))
    sentences.push(
      `KEY_FILE lies inside the data folder (${KEY_FILE}): who copies that folder would hold the data and its keys. Move the file to a place outside SKILLROLL_DATA and name that. ${readMore}`,
    );
  if (typeof values.HOST === 'string' && !loopback.includes(values.HOST) && values.TRUST_PROXY === 0)
    sentences.push(
      `HOST names an address that others reach (${values.HOST}), but no proxy carries TLS: passwords would travel in clear. Listen on 127.0.0.1, or put a TLS proxy in front and set TRUST_PROXY=1. ${readMore}`,
    );
  if (sentences.length > 0) throw new ConfigError(sentences);
  return toConfig(values);
}

const liesIn = (file: string, folder: string): boolean =>
  resolve(file).startsWith(join(resolve(folder), sep));

/** A config from given values over development defaults, for the demo and the tests. */
export function developmentConfig(
  given: Partial<Config> & Pick<Config, 'sessionSecret' | 'keyFile'>,
): Config {
  return Object.freeze({
    dataDir: null,
    mongodbUri: null,
    port: 3000,
    host: '127.0.0.1',
    publicUrl: `http://127.0.0.1:${given.port ?? 3000}`,
    checkpointDir: null,
    trustProxy: 0,
    idleMinutes: 20,
    signInHours: 12,
    signInsAtOnce: 5,
    unusedDays: 90,
    passwordCost: 17,
    requestsPerMinute: 600,
    formsPerMinute: 60,
    logLevel: 'warn',
    ...given,
  });
}

function toConfig(values: Record<string, unknown>): Config {
  return Object.freeze({
    dataDir: (values.SKILLROLL_DATA as string | undefined) ?? null,
    mongodbUri: (values.MONGODB_URI as string | undefined) ?? null,
    port: values.PORT as number,
    host: values.HOST as string,
    publicUrl: (values.PUBLIC_URL as string).replace(/\/$/, ''),
    sessionSecret: values.SESSION_SECRET as string,
    keyFile: values.KEY_FILE as string,
    checkpointDir: (values.TRAIL_CHECKPOINTS as string | undefined) ?? null,
    trustProxy: values.TRUST_PROXY as number,
    idleMinutes: values.IDLE_MINUTES as number,
    signInHours: values.SIGN_IN_HOURS as number,
    signInsAtOnce: values.SIGN_INS_AT_ONCE as number,
    unusedDays: values.UNUSED_DAYS as number,
    passwordCost: values.PASSWORD_COST as number,
    requestsPerMinute: values.REQUESTS_A_MINUTE as number,
    formsPerMinute: values.FORMS_A_MINUTE as number,
    logLevel: values.LOG_LEVEL as string,
  });
}
