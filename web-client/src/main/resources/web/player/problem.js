/** A request that failed: the fields of an RFC 9457 problem body, or a code of our own when no server answered. */
export class Problem extends Error {
  constructor({ code, status = 0, detail = '', retryAfterMs = 0 }) {
    super(detail || code);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }

  /** True when asking again cannot help until somebody changes something. */
  get final() {
    return FINAL_CODES.has(this.code) || (this.status >= 400 && this.status < 500 && !HEALING_STATUS.has(this.status));
  }
}

const HEALING_STATUS = new Set([404, 408, 409, 425, 429]);
const FINAL_CODES = new Set(['RECORDING_NOT_FOUND', 'CODEC_NOT_SUPPORTED', 'FORBIDDEN', 'UNAUTHENTICATED', 'WEBRTC_UNAVAILABLE']);
const CODE_OF_STATUS = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'STREAM_NOT_FOUND',
  409: 'STREAM_WITHOUT_MEDIA',
  422: 'CODEC_NOT_SUPPORTED',
  429: 'TOO_MANY_REQUESTS',
  503: 'UNAVAILABLE',
};

/** Reads a refusal; a body that is no problem body (a proxy's page) still gives a code. */
export async function problemOf(response, now = Date.now()) {
  const body = await response.json().catch(() => ({}));
  return new Problem({
    code: typeof body?.code === 'string' ? body.code : (CODE_OF_STATUS[response.status] ?? `HTTP_${response.status}`),
    status: response.status,
    detail: body?.detail ?? body?.title ?? '',
    retryAfterMs: retryAfterMs(response.headers.get('Retry-After'), now),
  });
}

/** Retry-After as milliseconds: seconds or an HTTP date (RFC 9110 section 10.2.3); 0 when absent or unreadable. */
export function retryAfterMs(value, now = Date.now()) {
  if (!value) return 0;
  const milliseconds = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(milliseconds) ? Math.min(Math.max(0, milliseconds), 300_000) : 0;
}
