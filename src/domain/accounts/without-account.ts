// Who acts without an account, as events name them; pages say it in words by the account id.

/** The running product by itself. */
export const system = { accountId: 'system', name: 'system' } as const;
/** Whoever runs a command beside the records. */
export const commandLine = { accountId: 'system', name: 'command line' } as const;
/** A person who proved themselves by a claim code. */
export const holder = { accountId: 'holder', name: 'holder' } as const;
/** Whoever is not signed in. */
export const visitor = { accountId: 'visitor', name: '' } as const;

/** Whether an account id of an event is nobody's. */
export const isWithoutAccount = (accountId: string): boolean =>
  [system, holder, visitor].some((one) => one.accountId === accountId);
