import { createAccountClient } from '@gospelib/client';
import { sendWithin, USUAL_LIMIT } from '../api/send.ts';

export const accountApi = createAccountClient({ baseUrl: '', fetch: sendWithin(USUAL_LIMIT) });
