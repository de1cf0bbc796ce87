/** The worker of the SAE explorer. */
import type { Line } from '../worker/protocol.ts';
import { serve } from '../worker/server.ts';
import { saeHandlers } from './handlers.ts';

serve(globalThis as unknown as Line, saeHandlers());
