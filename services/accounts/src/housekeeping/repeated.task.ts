import type { Service } from '@gospelib/service-kit';

/**
 * Runs `work` when the service is ready and then every `every` ms. A failure is logged; the next run tries again.
 * Closing the service waits for a running one.
 */
export function repeat(
  app: Service,
  name: string,
  every: number,
  work: () => Promise<unknown>,
): void {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      app.log.warn({ err: error, task: name }, 'task failed, will be tried again');
    }
  };
  const next = (): void => {
    running = run();
  };
  app.addHook('onReady', async () => {
    await run();
    timer = setInterval(next, every);
    timer.unref();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await running;
  });
}
