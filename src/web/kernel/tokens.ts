// Random tokens and keyed signatures for cookies and forms.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 128 or more random bits as URL-safe text. */
export function randomToken(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

export function sign(secret: string, purpose: string, value: string): string {
  return createHmac('sha256', secret).update(`${purpose}\u0000${value}`).digest('base64url');
}

/** Whether a given signature is the one of the value, compared in constant time. */
export function isSigned(secret: string, purpose: string, value: string, signature: string): boolean {
  const right = Buffer.from(sign(secret, purpose, value));
  const given = Buffer.from(signature);
  return right.length === given.length && timingSafeEqual(right, given);
}
