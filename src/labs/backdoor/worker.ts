/** The worker of the backdoor and probe labs. */
import type { Line } from '../worker/protocol.ts';
import { serve } from '../worker/server.ts';
import { organismHandlers } from './handlers.ts';

serve(globalThis as unknown as Line, organismHandlers());
