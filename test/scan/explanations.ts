// Findings that are so, and why they stay: the whole list. A finding no pattern covers fails the scan, and so does a
// pattern without a reason.
export interface Explanation {
  readonly scanner: string;
  readonly finding: RegExp;
  readonly reason: string;
}

export const explanations: readonly Explanation[] = [
  {
    scanner: 'wapiti',
    finding: /Secure flag is not set in the cookie/,
    reason: 'the scan goes over loopback without TLS; over TLS each cookie is __Host- and Secure',
  },
];

/** The reason a finding stays, or null. */
export function reasonOf({ scanner, text }: { scanner: string; text: string }): string | null {
  return explanations.find((one) => one.scanner === scanner && one.finding.test(text))?.reason ?? null;
}
