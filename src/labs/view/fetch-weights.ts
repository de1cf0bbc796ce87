/**
 * Fetches weights that the site ships from our own origin.
 * @param name of the file, without its ending
 * @throws Error where they do not come
 */
export async function fetchWeights(name: string): Promise<ArrayBuffer> {
  const reply = await fetch(`${import.meta.env.BASE_URL.replace(/\/?$/, '/')}labs/weights/${name}.bin`).catch(() => undefined);
  if (reply?.ok !== true) {
    throw new Error(
      `The model did not come${reply === undefined ? '' : ` (the server says ${reply.status})`}.\nCheck that you are online, then try again.`,
    );
  }
  return reply.arrayBuffer();
}
