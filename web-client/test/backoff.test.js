import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../src/main/resources/web/player/backoff.js';

test('doubles up to the longest pause and starts again after a reset', () => {
  const backoff = new Backoff({ firstMs: 500, longestMs: 3000, random: () => 1 });
  assert.deepEqual([1, 2, 3, 4, 5].map(() => backoff.next()), [500, 1000, 2000, 3000, 3000]);
  assert.equal(backoff.attempts, 5);
  backoff.reset();
  assert.equal(backoff.next(), 500);
});

test('draws from the upper half of the pause', () => {
  assert.equal(new Backoff({ firstMs: 1000, random: () => 0 }).next(), 500);
  for (let i = 0; i < 100; i++) {
    const pause = new Backoff({ firstMs: 1000 }).next();
    assert.ok(pause >= 500 && pause <= 1000, String(pause));
  }
});

test('never comes back before the server wants it, and spreads those who wait for the same time', () => {
  assert.equal(new Backoff({ random: () => 0 }).next(2000), 2250);
  assert.equal(new Backoff({ random: () => 1 }).next(2000), 2500);
});

test('survives thousands of attempts', () => {
  const backoff = new Backoff({ random: () => 1 });
  for (let i = 0; i < 5000; i++) backoff.next();
  assert.equal(backoff.next(), 30_000);
});
