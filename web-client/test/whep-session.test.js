import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { WhepSession } from '../src/main/resources/web/player/whep-session.js';

class FakeConnection extends EventTarget {
  connectionState = 'new';
  signalingState = 'stable';
  transceivers = [];
  steps = [];

  constructor(configuration) {
    super();
    this.configuration = configuration;
    FakeConnection.last = this;
  }

  addTransceiver(kind, { direction }) {
    const transceiver = { direction, currentDirection: null, receiver: { track: { kind }, jitterBufferTarget: null, transport: this.dtls } };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  dtls = Object.assign(new EventTarget(), { state: 'new' });
  getTransceivers() { return this.transceivers; }
  getReceivers() { return this.transceivers.map(({ receiver }) => receiver); }
  async createOffer() { return { type: 'offer', sdp: 'v=0 offer' }; }
  getConfiguration() { return this.configuration; }
  setConfiguration(configuration) { this.configuration = configuration; this.steps.push('servers'); }

  async setLocalDescription() {
    this.steps.push('local');
    this.localDescription = { sdp: 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=ice-ufrag:abcd\r\na=ice-pwd:efgh\r\na=mid:0\r\n' };
  }

  async setRemoteDescription({ sdp }) {
    this.steps.push('remote');
    this.remote = sdp;
    if (sdp.includes('broken')) throw new Error('cannot parse');
    for (const each of this.transceivers) each.currentDirection = sdp.includes(`no ${each.receiver.track.kind}`) ? 'inactive' : 'recvonly';
  }

  close() { this.connectionState = 'closed'; }

  become(state) {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
}

function server(...answers) {
  const requests = [];
  const fetch = async (url, options) => {
    requests.push({ url: String(url), ...options });
    const answer = answers.shift();
    return typeof answer === 'function' ? answer() : answer;
  };
  return { requests, fetch };
}

const created = (sdp = 'v=0 answer', headers = {}) => new Response(sdp, { status: 201, headers: { Location: '/whep/13912345678-1/2f1c', ...headers } });
const session = (fetch, options = {}) => new WhepSession({ endpoint: 'https://host/whep/13912345678-1?quality=sub', fetch, PeerConnection: FakeConnection, ...options });

test('posts the offer at once and applies the answer', async () => {
  const { requests, fetch } = server(created());
  const viewing = session(fetch, { token: 'secret' });
  await viewing.open();
  const [post] = requests;
  assert.equal(post.method, 'POST');
  assert.equal(post.url, 'https://host/whep/13912345678-1?quality=sub');
  assert.equal(post.body, 'v=0 offer');
  assert.equal(post.headers['Content-Type'], 'application/sdp');
  assert.equal(post.headers.Authorization, 'Bearer secret');
  assert.deepEqual(FakeConnection.last.steps, ['local', 'remote']);
  assert.equal(viewing.viewerId, '2f1c');
  assert.equal(viewing.hasVideo, true);
});

test('offers one video and one audio line, video without jitter buffer unless told to be smooth', async () => {
  await session(server(created()).fetch).open();
  const transceivers = FakeConnection.last.transceivers;
  assert.deepEqual(transceivers.map((each) => [each.receiver.track.kind, each.direction]), [['video', 'recvonly'], ['audio', 'recvonly']]);
  assert.equal(transceivers[0].receiver.jitterBufferTarget, 0);
  await session(server(created()).fetch, { latency: 'smooth' }).open();
  assert.equal(FakeConnection.last.transceivers[0].receiver.jitterBufferTarget, null);
});

test('says what the stream does not have', async () => {
  const viewing = session(server(created('no video')).fetch);
  await viewing.open();
  assert.equal(viewing.hasVideo, false);
  assert.equal(viewing.hasAudio, true);
});

test('throws the problem of a refusal and closes the connection', async () => {
  const { requests, fetch } = server(new Response('{"code":"CODEC_NOT_SUPPORTED","detail":"H265"}', { status: 422 }));
  await assert.rejects(session(fetch).open(), { name: 'Problem', code: 'CODEC_NOT_SUPPORTED', status: 422, detail: 'H265' });
  assert.equal(FakeConnection.last.connectionState, 'closed');
  assert.equal(requests.length, 1, 'there is nothing to delete');
});

test('tells an unreachable server, a silent one and a useless answer apart', async () => {
  await assert.rejects(session(server(() => { throw new TypeError('fetch failed'); }).fetch).open(), { code: 'SERVER_UNREACHABLE' });
  await assert.rejects(session(server(() => { throw new DOMException('late', 'TimeoutError'); }).fetch).open(), { code: 'SERVER_SILENT' });
  await assert.rejects(session(server(new Response('ok', { status: 200 })).fetch).open(), { code: 'ANSWER_UNUSABLE' });
});

test('deletes a resource whose answer it could not use', async () => {
  const { requests, fetch } = server(created('broken'), new Response(null, { status: 200 }));
  await assert.rejects(session(fetch).open(), { code: 'ANSWER_UNUSABLE', detail: 'cannot parse' });
  assert.equal(requests[1].method, 'DELETE');
});

test('deletes its resource once, with a request that outlives the page', async () => {
  const { requests, fetch } = server(created(), new Response(null, { status: 200 }));
  const viewing = session(fetch, { token: 'secret' });
  await viewing.open();
  await viewing.close();
  await viewing.close();
  assert.equal(requests.length, 2);
  const { url, method, keepalive, headers } = requests[1];
  assert.deepEqual({ url, method, keepalive, headers }, { url: 'https://host/whep/13912345678-1/2f1c', method: 'DELETE', keepalive: true, headers: { Authorization: 'Bearer secret' } });
});

test('does not throw when the server is gone at closing time', async () => {
  const viewing = session(server(created(), () => { throw new TypeError('gone'); }).fetch);
  await viewing.open();
  await viewing.close();
});

test('closed while the answer is on its way, it still deletes what the server made', async () => {
  let answer;
  const { requests, fetch } = server(() => new Promise((resolve) => { answer = resolve; }), new Response(null, { status: 200 }));
  const viewing = session(fetch);
  const opening = viewing.open();
  await new Promise(setImmediate);
  await viewing.close();
  answer(created());
  await opening;
  assert.equal(requests[1].method, 'DELETE');
  assert.deepEqual(FakeConnection.last.steps, ['local']);
});

test('tells how the connection does, and of a failure only once', async () => {
  const viewing = session(server(created()).fetch);
  const heard = [];
  for (const type of ['connected', 'disconnected', 'failed']) viewing.addEventListener(type, () => heard.push(type));
  await viewing.open();
  FakeConnection.last.become('connected');
  FakeConnection.last.become('disconnected');
  FakeConnection.last.dtls.state = 'closed';
  FakeConnection.last.dtls.dispatchEvent(new Event('statechange'));
  FakeConnection.last.become('failed');
  assert.deepEqual(heard, ['connected', 'disconnected', 'failed']);
});

test('says so where there is no WebRTC', async () => {
  await assert.rejects(session(server().fetch, { PeerConnection: null }).open(), { code: 'WEBRTC_UNAVAILABLE', final: true });
});

test('knows the relays before it gathers, while the offer is on its way', async () => {
  const { requests, fetch } = server(created());
  let tell;
  const viewing = session(fetch, { iceServers: new Promise((resolve) => { tell = resolve; }) });
  const opened = viewing.open();
  await new Promise((resolve) => { setTimeout(resolve); });
  assert.equal(requests.length, 1);
  assert.deepEqual(FakeConnection.last.steps, []);
  tell([{ urls: ['turn:host'] }]);
  await opened;
  assert.deepEqual(FakeConnection.last.steps, ['servers', 'local', 'remote']);
  assert.deepEqual(FakeConnection.last.configuration, { bundlePolicy: 'max-bundle', certificates: [], iceServers: [{ urls: ['turn:host'] }] });
});

test('tells the server of its relays when it is connected', async () => {
  const { requests, fetch } = server(created('v=0', { ETag: '"tag"' }), new Response(null, { status: 204 }));
  const viewing = session(fetch, { token: 'secret' });
  await viewing.open();
  const found = (type, candidate) => FakeConnection.last.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { type, candidate } }));
  found('host', 'candidate:1 1 udp 1 192.0.2.1 5000 typ host');
  found('relay', 'candidate:2 1 udp 2 203.0.113.1 49170 typ relay');
  FakeConnection.last.become('connected');
  FakeConnection.last.become('connected');
  assert.equal(requests.length, 2);
  assert.equal(requests[1].method, 'PATCH');
  assert.equal(requests[1].url, 'https://host/whep/13912345678-1/2f1c');
  assert.deepEqual(requests[1].headers, { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '"tag"', Authorization: 'Bearer secret' });
  assert.equal(requests[1].body, 'a=ice-ufrag:abcd\r\na=ice-pwd:efgh\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=candidate:2 1 udp 2 203.0.113.1 49170 typ relay\r\n');
});

const answered = 'v=0\r\nm=video 9 X 96\r\na=ice-ufrag:old\r\na=ice-pwd:oldpwd\r\nm=audio 9 X 8\r\na=ice-ufrag:old\r\na=ice-pwd:oldpwd\r\n';

test('restarts ICE when the way is lost, and applies the new credentials everywhere', async () => {
  const { requests, fetch } = server(created(answered, { ETag: '"a"' }),
    new Response('a=ice-lite\r\na=ice-ufrag:new\r\na=ice-pwd:newpwd\r\n', { status: 200, headers: { ETag: '"b"' } }),
    new Response(null, { status: 204 }));
  const viewing = session(fetch);
  await viewing.open();
  const connection = FakeConnection.last;
  connection.become('disconnected');
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  assert.equal(requests[1].method, 'PATCH');
  assert.equal(requests[1].headers['If-Match'], '*');
  assert.equal(requests[1].body, 'a=ice-ufrag:abcd\r\na=ice-pwd:efgh\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n');
  assert.deepEqual(connection.steps, ['local', 'remote', 'local', 'remote']);
  assert.equal(connection.remote, answered.replaceAll('old', 'new'));
  connection.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { type: 'relay', candidate: 'candidate:2' } }));
  connection.become('connected');
  assert.equal(requests[2].headers['If-Match'], '"b"');
});

test('takes a restart back that the server refuses', async () => {
  const { fetch } = server(created(answered), new Response('{"code":"SESSION_NOT_FOUND"}', { status: 404 }));
  const viewing = session(fetch);
  await viewing.open();
  await assert.rejects(viewing.restartIce(), { name: 'Problem', code: 'SESSION_NOT_FOUND' });
  assert.deepEqual(FakeConnection.last.steps, ['local', 'remote', 'local', 'local']);
});

test('stays below ten kilobytes and away from the document', () => {
  const source = readFileSync(new URL('../src/main/resources/web/player/whep-session.js', import.meta.url), 'utf8');
  assert.ok(source.length < 10_240, `${source.length} bytes`);
  assert.doesNotMatch(source, /\b(document|window|HTMLElement)\b/);
});
