import { z } from 'zod';

/** An address on the site as the record of addresses writes it: `backdoors/probes/`, `backdoors/probes/#known`, `feed.json`. */
const address = z
  .string()
  .regex(
    /^(?:\/|(?:[a-z0-9][\w.-]*\/)*(?:[a-z0-9][\w-]*\.[\w.]+)?)(?:#[a-z0-9][\w-]*)?$/i,
    'must be an address without the slash at its beginning, such as backdoors/probes/#known',
  );

/** `content/redirects.yaml`: where the things went whose published address is no longer theirs. */
export const redirects = z.strictObject({
  entries: z.array(
    z.strictObject({
      /** The published address. */
      from: address,
      /** Where it leads now. */
      to: address,
    }),
  ),
});
export type Redirects = z.infer<typeof redirects>;
