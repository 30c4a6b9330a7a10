// How MongoDB, and the embedded server after it, says that the disk takes no more.
const outOfDiskSpace = 14031;

/** Whether a write failed because the disk is full; nothing of its command or transaction was stored. */
export function isDiskFull(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === outOfDiskSpace;
}
