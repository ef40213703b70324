import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StreamDirectory } from '../src/main/resources/web/app/stream-directory.js';
import { keyOf, labelOf, partsOf } from '../src/main/resources/web/app/stream-key.js';

const stream = (id, more = {}) => ({ id, terminal: id.split('-')[0], channel: Number(id.split('-')[1]), quality: 'main', state: 'live', ...more });
const hello = (...streams) => ({ type: 'hello', streams });

test('groups by terminal and sorts channels as numbers', () => {
  const directory = new StreamDirectory();
  directory.accept(hello(stream('2-10'), stream('2-9'), stream('1-1')));
  assert.deepEqual(directory.terminals().map(({ terminal, streams }) => [terminal, streams.map(({ id }) => id)]), [['1', ['1-1']], ['2', ['2-9', '2-10']]]);
});

test('keeps main and sub of a channel apart', () => {
  const directory = new StreamDirectory();
  directory.accept(hello(stream('1-1'), stream('1-1', { quality: 'sub' })));
  assert.equal(directory.size, 2);
  directory.accept({ type: 'stream.stopped', stream: stream('1-1', { quality: 'sub' }) });
  assert.equal(directory.size, 1);
  assert.ok(directory.get('1-1'));
});

test('follows what the server pushes', () => {
  const directory = new StreamDirectory();
  const heard = [];
  for (const type of ['started', 'stopped']) directory.addEventListener(type, ({ detail }) => heard.push(`${type} ${detail.id}`));
  directory.accept(hello(stream('1-1')));
  directory.accept({ type: 'stream.started', stream: stream('1-2') });
  directory.accept({ type: 'stream.interrupted', stream: stream('1-2') });
  assert.equal(directory.get('1-2').state, 'interrupted');
  directory.accept({ type: 'stream.resumed', stream: stream('1-2') });
  assert.equal(directory.get('1-2').state, 'live');
  directory.accept({ type: 'stream.stopped', stream: stream('1-2') });
  directory.accept({ type: 'stream.stopped', stream: stream('1-2') });
  assert.deepEqual(heard, ['started 1-1', 'started 1-2', 'stopped 1-2']);
});

test('a new hello replaces the list and tells the difference', () => {
  const directory = new StreamDirectory();
  directory.accept(hello(stream('1-1'), stream('1-2')));
  const heard = [];
  for (const type of ['started', 'stopped']) directory.addEventListener(type, ({ detail }) => heard.push(`${type} ${detail.id}`));
  directory.accept(hello(stream('1-2'), stream('1-3')));
  assert.deepEqual(heard, ['started 1-3', 'stopped 1-1']);
});

test('takes a long hello in pieces, as one', () => {
  const directory = new StreamDirectory();
  directory.accept(hello(stream('1-1'), stream('1-2')));
  directory.accept({ type: 'hello', streams: [stream('1-1')], more: true });
  assert.equal(directory.size, 2);
  directory.accept({ type: 'hello.more', streams: [stream('1-3')], more: false });
  assert.deepEqual(directory.all().map(({ id }) => id), ['1-1', '1-3']);
});

test('finds every word of a search', () => {
  const directory = new StreamDirectory();
  directory.accept(hello(stream('139-1', { video: { codec: 'H264' } }), stream('139-2', { video: { codec: 'H265' } }), stream('140-1', { state: 'interrupted' })));
  const found = (search) => directory.terminals(search).flatMap(({ streams }) => streams.map(({ id }) => id));
  assert.deepEqual(found('139 h265'), ['139-2']);
  assert.deepEqual(found('CH1'), ['139-1', '140-1']);
  assert.deepEqual(found('interrupted'), ['140-1']);
  assert.deepEqual(found('nothing'), []);
});

test('announces many messages of one moment once', async () => {
  const directory = new StreamDirectory();
  let changes = 0;
  directory.addEventListener('change', () => { changes += 1; });
  directory.accept(hello(stream('1-1')));
  directory.accept({ type: 'stream.changed', stream: stream('1-1') });
  await Promise.resolve();
  assert.equal(changes, 1);
});

test('names streams for people', () => {
  assert.equal(labelOf('13912345678-1'), '13912345678 · CH 1');
  assert.equal(labelOf('13912345678-1@sub'), '13912345678 · CH 1 · sub');
  assert.equal(labelOf('gate'), 'gate');
  assert.deepEqual(partsOf(keyOf(stream('1-1', { quality: 'sub' }))), { id: '1-1', quality: 'sub' });
});
