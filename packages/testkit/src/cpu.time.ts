/**
 * The processor time that a piece of synchronous work takes this thread, ms: a bound on it tells linear work from
 * quadratic, however busy the machine is with others.
 */
export function cpuTimeOf(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
