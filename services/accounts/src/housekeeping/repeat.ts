import type { Service } from '@gospelib/service-kit';

/**
 * Does `work` when the service is ready and then every so many milliseconds; what fails is logged and done again next
 * time. Closing the service waits for what is under way.
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
