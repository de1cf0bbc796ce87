/**
 * Puts a text on the clipboard.
 * @param text the text, or a promise of it: Safari wants the copying to begin within the reader's own gesture
 * @returns whether it is there; false where the browser or the reader forbids it
 */
export async function copyText(text: string | Promise<string>): Promise<boolean> {
  try {
    if (typeof text === 'string') await navigator.clipboard.writeText(text);
    else {
      const blob = text.then((known) => new Blob([known], { type: 'text/plain' }));
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    }
    return true;
  } catch {
    return false;
  }
}
