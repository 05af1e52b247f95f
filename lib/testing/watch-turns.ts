/**
 * The most CPU that this thread uses between two turns of its event loop until the returned function is called: what
 * another request would have waited for, whatever else the machine does. Watching costs CPU itself, so what is watched
 * has a round of its own.
 */
export function watchTurns(): () => number {
  let longest = 0;
  let before = process.threadCpuUsage();
  let isOn = true;
  const turn = (): void => {
    const used = process.threadCpuUsage(before);
    longest = Math.max(longest, (used.user + used.system) / 1000);
    before = process.threadCpuUsage();
    if (isOn) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    turn();
    isOn = false;
    return longest;
  };
}
