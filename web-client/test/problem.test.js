import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, problemOf, retryAfterMs } from '../src/main/resources/web/player/problem.js';

test('reads code, detail and Retry-After of a problem body', async () => {
  const response = new Response('{"status":503,"code":"TOO_MANY_VIEWERS","detail":"500 are watching"}', { status: 503, headers: { 'Retry-After': '7' } });
  const { code, status, detail, retryAfterMs: pause, final } = await problemOf(response);
  assert.deepEqual({ code, status, detail, pause, final }, { code: 'TOO_MANY_VIEWERS', status: 503, detail: '500 are watching', pause: 7000, final: false });
});

test('gives a code to a page of a proxy', async () => {
  const problem = await problemOf(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  assert.equal(problem.code, 'HTTP_502');
  assert.equal(problem.final, false);
});

test('knows what waiting cannot heal', () => {
  const final = (code, status) => new Problem({ code, status }).final;
  assert.equal(final('CODEC_NOT_SUPPORTED', 422), true);
  assert.equal(final('FORBIDDEN', 403), true);
  assert.equal(final('UNAUTHENTICATED', 401), true);
  assert.equal(final('SDP_INVALID', 400), true);
  assert.equal(final('STREAM_NOT_FOUND', 404), false);
  assert.equal(final('STREAM_WITHOUT_MEDIA', 409), false);
  assert.equal(final('STREAM_VIEWERS_FULL', 503), false);
  assert.equal(final('SERVER_UNREACHABLE', 0), false);
});

test('reads Retry-After as seconds and as a date, within bounds', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  assert.equal(retryAfterMs('3', now), 3000);
  assert.equal(retryAfterMs('Thu, 01 Jan 2026 00:00:10 GMT', now), 10_000);
  assert.equal(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now), 0);
  assert.equal(retryAfterMs('soon', now), 0);
  assert.equal(retryAfterMs(null, now), 0);
  assert.equal(retryAfterMs('999999', now), 300_000);
});
