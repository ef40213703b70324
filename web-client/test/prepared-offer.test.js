import assert from 'node:assert/strict';
import { test } from 'node:test';

class FakeConnection {
  static made = [];

  closed = false;
  offers = 0;
  kinds = [];

  constructor() {
    FakeConnection.made.push(this);
  }

  static async generateCertificate() {
    return { expires: Date.now() + 30 * 24 * 3600 * 1000 };
  }

  addTransceiver(kind, { direction }) {
    this.kinds.push(`${kind} ${direction}`);
    return { kind };
  }

  async createOffer() {
    this.offers++;
    if (FakeConnection.broken) throw new Error('no offer');
    return { type: 'offer', sdp: `offer of ${FakeConnection.made.indexOf(this)}` };
  }

  close() { this.closed = true; }
}

const leaving = [];
globalThis.RTCPeerConnection = FakeConnection;
globalThis.addEventListener = (type, listener) => { if (type === 'pagehide') leaving.push(listener); };
const { prepareOffer, takeOffer } = await import('../src/main/resources/web/player/prepared-offer.js');
const settled = () => new Promise((done) => { setTimeout(done, 5); });

test('one is ready before anybody asks, is given away once, and not followed by another unasked', async () => {
  await settled();
  assert.equal(FakeConnection.made.length, 1);
  const [spare] = FakeConnection.made;
  assert.equal(spare.offers, 1);
  assert.deepEqual(spare.kinds, ['video recvonly', 'audio recvonly']);
  const first = takeOffer();
  assert.equal(first.connection, spare);
  assert.equal((await first.offer).sdp, 'offer of 0');
  const second = takeOffer();
  assert.notEqual(second.connection, spare);
  assert.equal((await second.offer).sdp, 'offer of 1');
  assert.equal(FakeConnection.made.length, 2);
});

test('the next is prepared when told, once', async () => {
  const before = FakeConnection.made.length;
  prepareOffer();
  prepareOffer();
  await settled();
  assert.equal(FakeConnection.made.length, before + 1);
  assert.equal(takeOffer().connection, FakeConnection.made.at(-1));
});

test('one that could not be made is not given to anybody', async () => {
  FakeConnection.broken = true;
  prepareOffer();
  await settled();
  FakeConnection.broken = false;
  const failed = FakeConnection.made.at(-1);
  assert.equal(failed.closed, true);
  assert.notEqual(takeOffer().connection, failed);
});

test('a page that is left keeps no connection open', async () => {
  prepareOffer();
  await settled();
  const spare = FakeConnection.made.at(-1);
  leaving.forEach((listener) => listener());
  assert.equal(spare.closed, true);
  assert.notEqual(takeOffer().connection, spare);
});

test('another maker of connections is not given the one at hand', async () => {
  prepareOffer();
  await settled();
  const spare = FakeConnection.made.at(-1);
  class Other extends FakeConnection {}
  assert.ok(takeOffer(Other).connection instanceof Other);
  assert.equal(takeOffer().connection, spare);
});
