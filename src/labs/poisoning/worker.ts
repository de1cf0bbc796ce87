/** The worker of the poisoning lab. */
import type { Line } from '../worker/protocol.ts';
import { serve } from '../worker/server.ts';
import { poisoningHandlers } from './handlers.ts';

serve(globalThis as unknown as Line, poisoningHandlers);
