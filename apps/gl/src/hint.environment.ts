/**
 * Commands that are proposed (`` `./gl …` ``) are typed as they stand: with a cluster chosen they have to name it, or they
 * would be done on this machine. What proposes them knows no environment, so it is put in where the text goes out.
 */
export function nameInHints(name: string): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (chunk: unknown, ...rest: unknown[]) =>
      write(typeof chunk === 'string' ? withEnvironment(chunk, name) : chunk, ...rest);
  }
}

/** Each proposed command, with the environment named where it names none. */
export function withEnvironment(text: string, name: string): string {
  return text.replace(/`\.\/gl (?!--env )/g, `\`./gl --env ${name} `);
}
