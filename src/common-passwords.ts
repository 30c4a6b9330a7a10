// The 49,000 passwords that are guessed first, read when the first new password is judged.
let known: Promise<ReadonlySet<string>> | null = null;

async function read(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'] as readonly string[]);
}

/** A test of whether a lower-case password is a common one. */
export async function commonPasswords(): Promise<(lowerCase: string) => boolean> {
  known ??= read();
  const passwords = await known;
  return (lowerCase) => passwords.has(lowerCase);
}
