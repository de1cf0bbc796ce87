import type { RewritingStream } from 'parse5-html-rewriting-stream';

/** Sends a page through a rewriting stream. @returns what came out of it */
export async function rewritten(stream: RewritingStream, html: string): Promise<string> {
  const chunks: string[] = [];
  stream.on('data', (chunk: string) => chunks.push(chunk));
  await new Promise<void>((resolve, reject) => {
    stream.on('end', resolve);
    stream.on('error', reject);
    stream.end(html);
  });
  return chunks.join('');
}
