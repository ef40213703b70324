import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherQuality, untilItShows } from '../src/main/resources/web/app/quality-exchange.js';

test('a channel of a terminal has two qualities, other streams have one', () => {
  assert.equal(otherQuality('13912345678-1'), '13912345678-1@sub');
  assert.equal(otherQuality('13912345678-1@sub'), '13912345678-1');
  assert.equal(otherQuality('lobby'), null);
});

test('the other quality takes over with its first picture', async () => {
  const player = new EventTarget();
  const shown = untilItShows(player);
  player.dispatchEvent(new CustomEvent('statechange', { detail: { state: 'connecting', headline: 'Connecting', detail: '' } }));
  player.dispatchEvent(new CustomEvent('firstframe', { detail: { milliseconds: 40 } }));
  assert.equal(await shown, null);
});

test('why it does not come is told in words', async () => {
  const player = new EventTarget();
  const shown = untilItShows(player);
  player.dispatchEvent(new CustomEvent('statechange', { detail: { state: 'waiting', headline: 'The camera refuses', detail: 'It was asked for this channel and said no.' } }));
  assert.equal(await shown, 'The camera refuses. It was asked for this channel and said no.');
});
