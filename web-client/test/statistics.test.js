import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatisticsMeter, bitRateText, statisticsRows } from '../src/main/resources/web/player/statistics.js';

function report({ bytes, packets, lost, frames, delay, emitted }) {
  return new Map(Object.entries({
    video: { type: 'inbound-rtp', kind: 'video', codecId: 'c1', bytesReceived: bytes, packetsReceived: packets, packetsLost: lost, framesDecoded: frames,
      jitterBufferDelay: delay, jitterBufferEmittedCount: emitted, frameWidth: 352, frameHeight: 288, freezeCount: 1, totalFreezesDuration: 0.5 },
    audio: { type: 'inbound-rtp', kind: 'audio', codecId: 'c2', bytesReceived: 0, packetsReceived: 50 },
    c1: { type: 'codec', mimeType: 'video/H264' },
    c2: { type: 'codec', mimeType: 'audio/PCMA' },
    transport: { type: 'transport', selectedCandidatePairId: 'pair' },
    pair: { type: 'candidate-pair', currentRoundTripTime: 0.004, localCandidateId: 'l', remoteCandidateId: 'r' },
    l: { type: 'local-candidate', candidateType: 'prflx' },
    r: { type: 'remote-candidate', protocol: 'udp', address: '10.0.0.2', port: 10000 },
  }));
}

test('takes rates between two samples', () => {
  const meter = new StatisticsMeter();
  meter.sample(report({ bytes: 1000, packets: 10, lost: 0, frames: 5, delay: 0.1, emitted: 5 }), 1000);
  const figures = meter.sample(report({ bytes: 51_000, packets: 100, lost: 10, frames: 55, delay: 1.1, emitted: 55 }), 3000);
  assert.equal(figures.frameRate, 25);
  assert.equal(figures.bitRate, 200_000);
  assert.equal(figures.loss, 0.1);
  assert.equal(Math.round(figures.jitterBufferMs), 20);
  assert.equal(figures.codec, 'H264');
  assert.equal(figures.audioCodec, 'PCMA');
  assert.equal(figures.roundTripMs, 4);
  assert.equal(figures.path, 'UDP · direct · 10.0.0.2:10000');
  assert.equal(figures.freezeMs, 500);
});

test('has words for everything before the first packet', () => {
  const figures = new StatisticsMeter().sample(new Map(), 1000);
  assert.equal(figures.framesDecoded, 0);
  for (const [name, words] of statisticsRows(figures, null)) assert.ok(name && words && !/NaN|undefined|Infinity/.test(words), `${name}: ${words}`);
});

test('writes bit rates for people', () => {
  assert.equal(bitRateText(168_400), '168 kbit/s');
  assert.equal(bitRateText(2_040_000), '2.0 Mbit/s');
  assert.equal(bitRateText(undefined), '–');
});
