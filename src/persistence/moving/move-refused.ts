/** A move that cannot begin or did not arrive whole; the message is for the operator. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}
