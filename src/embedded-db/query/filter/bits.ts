// $bitsAllSet, $bitsAllClear, $bitsAnySet and $bitsAnyClear.

import { Binary, type Value } from '../bson.ts';
import { QueryError } from '../errors.ts';
import { isNumber, wholeNumber } from '../types.ts';

type BitTest = (value: Value | undefined) => boolean;

/** The test of a bit operator, or undefined for another operator's name. */
export function bitTest(operator: string, operand: Value): BitTest | undefined {
  const wanted = { $bitsAllSet: true, $bitsAnySet: true, $bitsAllClear: false, $bitsAnyClear: false }[
    operator
  ];
  if (wanted === undefined) return undefined;
  const positions = positionsOf(operator, operand);
  const every = operator.startsWith('$bitsAll');
  return (value) => {
    const bits = bitsOf(value);
    if (bits === undefined) return false;
    const matches = (position: number): boolean => isSet(bits, position) === wanted;
    return every ? positions.every(matches) : positions.some(matches);
  };
}

function positionsOf(operator: string, operand: Value): number[] {
  if (Array.isArray(operand)) {
    return operand.map((entry) => {
      const position = wholeNumber(entry);
      if (position === undefined || position < 0) {
        throw new QueryError(
          2,
          `${operator} takes an array of bit positions that are whole and not negative`,
        );
      }
      return position;
    });
  }
  if (operand instanceof Binary) return setPositions(operand.buffer.subarray(0, operand.position));
  const mask = wholeNumber(operand);
  if (mask === undefined || mask < 0) {
    throw new QueryError(isNumber(operand) ? 9 : 2, `${operator} takes an Array, a number, or a BinData`);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(typeof operand === 'bigint' ? operand : mask));
  return setPositions(bytes);
}

function setPositions(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length * 8 }, (_, position) => position).filter((position) =>
    isSet(bytes, position),
  );
}

function bitsOf(value: Value | undefined): Uint8Array | bigint | undefined {
  if (value instanceof Binary) return value.buffer.subarray(0, value.position);
  const whole = wholeNumber(value);
  if (whole === undefined || Math.abs(whole) > 2 ** 63) return undefined;
  return typeof value === 'bigint' ? value : BigInt(whole);
}

function isSet(bits: Uint8Array | bigint, position: number): boolean {
  // A number's sign bit goes on for ever; binary data ends in zeros.
  if (typeof bits === 'bigint') return ((bits >> BigInt(position)) & 1n) === 1n;
  return (((bits[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
}
