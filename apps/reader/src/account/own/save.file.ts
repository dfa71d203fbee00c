/** Hands a file to the browser, which asks or knows where to keep it. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser begins to read it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
