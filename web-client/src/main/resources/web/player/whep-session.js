import { takeOffer } from './prepared-offer.js';
import { Problem, problemOf } from './problem.js';

const FRAGMENT = 'application/trickle-ice-sdpfrag';

/**
 * One viewing over WHEP (draft-ietf-wish-whep): offers to receive video and audio, posts the offer, applies the answer,
 * deletes the resource. Knows nothing of pages. A session is used once; open another one to try again.
 *
 * The offer is posted at once, without candidates: the server learns our address from the first connectivity check, which
 * saves the whole time of ICE gathering.
 *
 * Events: `track` ({track, stream}), `connected`, `disconnected` (may heal), `failed` (will not heal).
 */
export class WhepSession extends EventTarget {
  #endpoint;
  #token;
  #latency;
  #iceServers;
  #fetch;
  #PeerConnection;
  #timeoutMs;
  #connection = null;
  #resource = null;
  #etag = null;
  #answer = '';
  #relays = [];
  #closed = false;
  #failed = false;

  /**
   * @param {object} options
   * @param {string|URL} options.endpoint absolute address of the WHEP endpoint, quality included
   * @param {string} [options.token] sent as a bearer credential
   * @param {'lowest'|'smooth'} [options.latency] `lowest` asks the browser for no jitter buffer beyond the necessary
   * @param {RTCIceServer[]|Promise<RTCIceServer[]>} [options.iceServers] a promise is waited for while the offer is on its way
   */
  constructor({ endpoint, token = '', latency = 'lowest', iceServers = [], timeoutMs = 30_000,
    fetch = (...request) => globalThis.fetch(...request), PeerConnection = globalThis.RTCPeerConnection }) {
    super();
    this.#endpoint = new URL(endpoint);
    this.#token = token;
    this.#latency = latency;
    this.#iceServers = iceServers;
    this.#timeoutMs = timeoutMs;
    this.#fetch = fetch;
    this.#PeerConnection = PeerConnection;
  }

  get peerConnection() {
    return this.#connection;
  }

  /** The server's name for this viewing, null before the answer. */
  get viewerId() {
    return this.#resource === null ? null : this.#resource.pathname.split('/').pop();
  }

  /** False when the answer refused the video line: a stream that has sound only. */
  get hasVideo() {
    return this.#receives('video');
  }

  get hasAudio() {
    return this.#receives('audio');
  }

  /** Offers and applies the answer; the media follow with the events. Throws a Problem when refused or unreachable. */
  async open() {
    if (!this.#PeerConnection) {
      throw new Problem({ code: 'WEBRTC_UNAVAILABLE', detail: 'This browser has no WebRTC, or it is switched off.' });
    }
    const { connection, video, offer: prepared } = takeOffer(this.#PeerConnection);
    this.#connection = connection;
    if (this.#latency === 'lowest') askForNoDelay(video.receiver);
    this.#listen(connection);
    try {
      const offer = await prepared;
      const [answer] = await Promise.all([this.#post(offer.sdp), this.#gather(connection, offer)]);
      if (this.#closed) return;
      this.#answer = answer;
      await connection.setRemoteDescription({ type: 'answer', sdp: answer });
      this.#watchDtls(connection);
    } catch (failure) {
      if (this.#closed) return;
      await this.close();
      throw failure instanceof Problem ? failure : new Problem({ code: 'ANSWER_UNUSABLE', detail: String(failure?.message ?? failure) });
    }
  }

  /**
   * Looks for a way anew after the network changed: media and keys go on with the way that is found. Does nothing where
   * there is no viewing, or one is being sought; throws a Problem when refused or unreachable.
   */
  async restartIce() {
    const connection = this.#connection;
    if (this.#closed || this.#resource === null || connection?.signalingState !== 'stable') return;
    await connection.setLocalDescription(await connection.createOffer({ iceRestart: true }));
    try {
      const response = await this.#fetch(this.#resource, {
        method: 'PATCH',
        headers: { 'Content-Type': FRAGMENT, 'If-Match': '*', ...this.#credentials() },
        body: fragmentOf(connection.localDescription.sdp),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      if (response.status !== 200) throw await problemOf(response);
      this.#etag = response.headers.get('ETag');
      this.#answer = withCredentialsOf(await response.text(), this.#answer);
      await connection.setRemoteDescription({ type: 'answer', sdp: this.#answer });
    } catch (failure) {
      if (!this.#closed) await connection.setLocalDescription({ type: 'rollback' }).catch(() => {});
      throw failure;
    }
  }

  /** Ends the viewing and deletes the resource; the request outlives the page. Never throws, may be called again. */
  async close() {
    this.#closed = true;
    this.#connection?.close();
    const resource = this.#resource;
    if (resource === null) return;
    this.#resource = null;
    await this.#fetch(resource, { method: 'DELETE', headers: this.#credentials(), keepalive: true }).catch(() => {});
  }

  /** Gathering begins with the local description, so the relays have to be known before. */
  async #gather(connection, offer) {
    const iceServers = await this.#iceServers;
    if (this.#closed) return;
    if (iceServers.length > 0) connection.setConfiguration({ ...connection.getConfiguration(), iceServers });
    await connection.setLocalDescription(offer);
  }

  /** The server sees a relay's address only; it shows who comes through one if it is told so. */
  #tellRelays(connection) {
    if (this.#relays.length === 0 || this.#resource === null || this.#etag === null) return;
    const body = fragmentOf(connection.localDescription.sdp, this.#relays);
    this.#relays = [];
    const headers = { 'Content-Type': FRAGMENT, 'If-Match': this.#etag, ...this.#credentials() };
    this.#fetch(this.#resource, { method: 'PATCH', headers, body }).catch(() => {});
  }

  async #post(sdp) {
    const headers = { 'Content-Type': 'application/sdp', Accept: 'application/sdp, application/problem+json', ...this.#credentials() };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    let response;
    try {
      response = await this.#fetch(this.#endpoint, { method: 'POST', headers, body: sdp, signal });
    } catch (failure) {
      throw failure?.name === 'TimeoutError'
        ? new Problem({ code: 'SERVER_SILENT', detail: 'The server did not answer in time.' })
        : new Problem({ code: 'SERVER_UNREACHABLE', detail: this.#endpoint.origin === globalThis.location?.origin
          ? 'Check the network.'
          // A browser does not tell a network failure from a refused origin.
          : 'Check the network, and whether the server allows pages of this site.' });
    }
    if (response.status !== 201) {
      throw response.ok
        ? new Problem({ code: 'ANSWER_UNUSABLE', status: response.status, detail: 'The server gave no WHEP answer.' })
        : await problemOf(response);
    }
    const location = response.headers.get('Location');
    if (location) this.#resource = new URL(location, this.#endpoint);
    this.#etag = response.headers.get('ETag');
    if (this.#closed) {
      await this.close();
      return '';
    }
    return response.text();
  }

  #credentials() {
    return this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
  }

  #receives(kind) {
    const transceiver = this.#connection?.getTransceivers().find((each) => each.receiver.track.kind === kind);
    return transceiver?.currentDirection === 'recvonly' || transceiver?.currentDirection === 'sendrecv';
  }

  #listen(connection) {
    connection.addEventListener('track', ({ track, streams }) => this.#emit('track', { track, stream: streams[0] ?? null }));
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.type === 'relay') this.#relays.push(`a=${candidate.candidate}`);
    });
    connection.addEventListener('connectionstatechange', () => {
      const state = connection.connectionState;
      if (state === 'connected') this.#tellRelays(connection);
      if (state === 'disconnected') this.restartIce().catch(() => {});
      if (state === 'connected' || state === 'disconnected') this.#emit(state);
      if (state === 'failed' || state === 'closed') this.#fail();
    });
  }

  /** A server that says good-bye (DTLS close_notify) is noticed here long before ICE gives up. */
  #watchDtls(connection) {
    const transport = connection.getReceivers()[0]?.transport;
    transport?.addEventListener('statechange', () => {
      if (transport.state === 'closed' || transport.state === 'failed') this.#fail();
    });
  }

  #fail() {
    if (this.#failed) return;
    this.#failed = true;
    this.#emit('failed');
  }

  #emit(type, detail) {
    if (!this.#closed) this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** The ICE lines of a description and candidates (RFC 8840 section 9). */
function fragmentOf(sdp, candidates = []) {
  const line = (name) => sdp.match(new RegExp(`^a=${name}:.*$`, 'm'))?.[0].trim() ?? '';
  return [line('ice-ufrag'), line('ice-pwd'), sdp.match(/^m=.*$/m)[0].trim(), line('mid'), ...candidates, ''].join('\r\n');
}

function withCredentialsOf(fragment, sdp) {
  const value = (name) => fragment.match(new RegExp(`^a=${name}:(.*)$`, 'm'))[1].trim();
  return sdp
    .replace(/^a=ice-ufrag:[^\r\n]*/gm, () => `a=ice-ufrag:${value('ice-ufrag')}`)
    .replace(/^a=ice-pwd:[^\r\n]*/gm, () => `a=ice-pwd:${value('ice-pwd')}`);
}

function askForNoDelay(receiver) {
  if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
  if ('playoutDelayHint' in receiver) receiver.playoutDelayHint = 0;
}
