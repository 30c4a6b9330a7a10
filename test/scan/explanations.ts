// Findings that are so, and why they stay: the whole list. A finding above informational that no row covers fails the scan.
export interface Explanation {
  readonly scanner: string;
  readonly finding: RegExp;
  readonly reason: string;
}

export const explanations: readonly Explanation[] = [
  {
    scanner: 'wapiti',
    finding: /Secure flag is not set in the cookie : skillroll_\w+$/,
    reason: 'the scan goes over loopback without TLS; over TLS each cookie is __Host- and Secure',
  },
  {
    scanner: 'wapiti',
    finding: /Unencrypted Channels, GET \/: No HTTPS redirection$/,
    reason:
      'the proxy answers plain HTTP; without one the product listens on loopback alone and signs in nobody else',
  },
  {
    scanner: 'nikto',
    finding: /\[013587\] \/: Suggested security header missing: strict-transport-security/,
    reason: 'browsers heed the header over TLS alone, where every answer bears it',
  },
  {
    scanner: 'nikto',
    finding: /\[999100\] \/: Uncommon header\(s\) 'origin-agent-cluster' found/,
    reason: 'informational: the header keeps other sites of the same registered name out of the process',
  },
  {
    scanner: 'nikto',
    finding: /\[000777\] \/user\.php\?/,
    reason:
      'it looks for its own words in the answer: they are there, escaped, in the value of the field that leads back after a change of language',
  },
];

/** The reason a finding stays, or null. */
export function reasonOf({ scanner, text }: { scanner: string; text: string }): string | null {
  return explanations.find((one) => one.scanner === scanner && one.finding.test(text))?.reason ?? null;
}
