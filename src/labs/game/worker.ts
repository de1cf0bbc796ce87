/** The worker of the auditing game. */
import type { Line } from '../worker/protocol.ts';
import { serve } from '../worker/server.ts';
import { gameHandlers } from './handlers.ts';

serve(globalThis as unknown as Line, gameHandlers());
