import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDLE_SITUATION, reduce } from '../src/main/resources/web/player/player-state.js';
import { Problem } from '../src/main/resources/web/player/problem.js';

const after = (...events) => events.reduce((now, event) => reduce(now, typeof event === 'string' ? { type: event } : event), IDLE_SITUATION);
const problem = (code, status, detail) => ({ type: 'problem', problem: new Problem({ code, status, detail }) });
const notice = (name, detail) => ({ type: 'notice', notice: name, detail });
const brief = ({ state, effect }) => [state, effect];

test('goes live with the first picture', () => {
  assert.deepEqual(brief(after('play')), ['connecting', 'open']);
  assert.deepEqual(brief(after('play', 'frame')), ['live', 'none']);
});

test('waits for a silent camera without giving the connection up, and returns with the next picture', () => {
  const waiting = after('play', 'frame', 'silence');
  assert.deepEqual(brief(waiting), ['waiting', 'none']);
  assert.deepEqual(brief(reduce(waiting, { type: 'frame' })), ['live', 'none']);
});

test('reconnects when the path is lost', () => {
  const lost = after('play', 'frame', 'lost');
  assert.deepEqual(brief(lost), ['reconnecting', 'retry']);
  const again = reduce(lost, { type: 'attempt' });
  assert.deepEqual(brief(again), ['reconnecting', 'open']);
  assert.equal(again.headline, 'Reconnecting');
  assert.deepEqual(brief(reduce(again, { type: 'lost' })), ['reconnecting', 'retry']);
  assert.deepEqual(brief(reduce(again, { type: 'frame' })), ['live', 'none']);
});

test('waits for a stream that is not there, and starts as soon as it is', () => {
  for (const [code, status] of [['STREAM_NOT_FOUND', 404], ['STREAM_WITHOUT_MEDIA', 409]]) {
    const waiting = after('play', problem(code, status));
    assert.deepEqual(brief(waiting), ['waiting', 'retry']);
    assert.deepEqual(brief(reduce(waiting, { type: 'attempt' })), ['waiting', 'open']);
    assert.deepEqual(brief(reduce(waiting, { type: 'available' })), ['connecting', 'open']);
  }
});

test('says that the camera is asked while the server takes its time, but keeps other words', () => {
  const asking = after('play', 'asking');
  assert.deepEqual(brief(asking), ['connecting', 'none']);
  assert.equal(asking.headline, 'Asking the camera …');
  assert.equal(after('play', problem('TERMINAL_OFFLINE', 404), 'attempt', 'asking').headline, 'The terminal is offline');
  assert.deepEqual(brief(after('play', 'asking', 'frame')), ['live', 'none']);
});

test('says what is wrong with a camera that was asked, and goes on trying', () => {
  const headlines = {
    TERMINAL_OFFLINE: [404, 'The terminal is offline'], TERMINAL_REFUSED: [502, 'The camera refuses'],
    NO_MEDIA: [504, 'The camera sends nothing'], DATA_BUDGET_EXCEEDED: [429, 'Out of data'],
  };
  for (const [code, [status, headline]] of Object.entries(headlines)) {
    const waiting = after('play', problem(code, status, 'in other words'));
    assert.deepEqual(brief(waiting), ['waiting', 'retry']);
    assert.equal(waiting.headline, headline);
  }
});

test('stops where trying again cannot heal, with the server\'s own reason', () => {
  for (const [code, status] of [['CODEC_NOT_SUPPORTED', 422], ['FORBIDDEN', 403], ['UNAUTHENTICATED', 401]]) {
    const refused = after('play', problem(code, status, 'because'));
    assert.deepEqual(brief(refused), ['refused', 'close']);
    assert.equal(refused.detail, 'because');
    for (const type of ['attempt', 'lost', 'frame', 'available']) assert.equal(reduce(refused, { type }).state, 'refused');
    assert.deepEqual(brief(reduce(refused, { type: 'play' })), ['connecting', 'open']);
  }
});

test('tries again when the server is full or away', () => {
  assert.deepEqual(brief(after('play', problem('TOO_MANY_VIEWERS', 503))), ['reconnecting', 'retry']);
  assert.deepEqual(brief(after('play', problem('SERVER_UNREACHABLE', 0))), ['reconnecting', 'retry']);
});

test('a kicked viewer stays out, also when the connection breaks afterwards or broke before', () => {
  const kicked = after('play', 'frame', notice('kicked', 'by the dispatcher'));
  assert.deepEqual(brief(kicked), ['ended', 'close']);
  assert.equal(kicked.detail, 'by the dispatcher');
  assert.deepEqual(brief(reduce(kicked, { type: 'lost' })), ['ended', 'none']);
  assert.deepEqual(brief(after('play', 'frame', 'lost', notice('kicked'))), ['ended', 'close']);
  assert.deepEqual(brief(reduce(kicked, { type: 'play' })), ['connecting', 'open']);
});

test('follows the notices of a camera and of the server', () => {
  assert.deepEqual(brief(after('play', 'frame', notice('stream_interrupted'))), ['waiting', 'none']);
  assert.deepEqual(brief(after('play', 'frame', notice('stream_interrupted'), notice('stream_resumed'), 'frame')), ['live', 'none']);
  assert.deepEqual(brief(after('play', 'frame', notice('stream_ended'))), ['ended', 'retry']);
  assert.deepEqual(brief(after('play', 'frame', notice('stream_ended'), 'available')), ['connecting', 'open']);
  assert.deepEqual(brief(after('play', 'frame', notice('server_stopping'))), ['reconnecting', 'retry']);
  assert.deepEqual(brief(after('play', 'frame', notice('something_new'))), ['live', 'none']);
});

test('an idle player is moved by nothing but play', () => {
  for (const type of ['frame', 'lost', 'silence', 'attempt', 'available']) assert.deepEqual(brief(after(type)), ['idle', 'none']);
  assert.deepEqual(brief(after('play', 'frame', 'stop')), ['idle', 'close']);
});

test('never shows a curtain without words', () => {
  const codes = ['STREAM_NOT_FOUND', 'STREAM_WITHOUT_MEDIA', 'CODEC_NOT_SUPPORTED', 'FORBIDDEN', 'TOO_MANY_VIEWERS', 'SERVER_UNREACHABLE', 'HTTP_502', 'HTTP_418'];
  for (const code of codes) {
    const { headline, detail } = after('play', problem(code, Number(code.split('_')[1]) || 404));
    assert.ok(headline && detail, code);
  }
});

test('says what is being done to have the picture, as long as there is none', () => {
  const asked = after('play', { type: 'channel', state: 'requested' });
  assert.deepEqual([...brief(asked), asked.headline], ['connecting', 'none', 'Asking the camera …']);
  assert.equal(reduce(asked, { type: 'channel', state: 'stopping' }).headline, 'The camera is stopping');
  assert.equal(reduce(asked, { type: 'channel', state: 'live' }).headline, asked.headline);
  assert.equal(after('play', 'frame', { type: 'channel', state: 'grace' }).headline, 'Live');
});
