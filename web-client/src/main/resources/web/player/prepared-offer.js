import { decodableVideo } from './decodable.js';
import { certificatesAtHand, firstCertificate } from './dtls-certificate.js';

/**
 * Offers to receive a picture and sound. One is kept ready while a page has nothing to hurry for, since making it takes a
 * good part of the time until a picture is there. It is used once; it has no address and asks nobody for one.
 */
let spare = null;

/**
 * @typedef {object} PreparedOffer
 * @property {RTCPeerConnection} connection belongs to the caller
 * @property {RTCRtpTransceiver} video
 * @property {Promise<RTCSessionDescriptionInit>} offer not yet the connection's local description
 */

/** The one at hand, or a new one. @returns {PreparedOffer} */
export function takeOffer(PeerConnection = globalThis.RTCPeerConnection) {
  const ready = spare;
  if (ready === null || PeerConnection !== globalThis.RTCPeerConnection) return make(PeerConnection);
  spare = null;
  return ready;
}

/** Makes one for the next who asks, unless there is one. */
export function prepareOffer() {
  if (spare !== null || !globalThis.RTCPeerConnection) return;
  const made = make(globalThis.RTCPeerConnection);
  spare = made;
  made.offer.catch(() => { if (spare === made) drop(); });
}

function make(PeerConnection) {
  const connection = new PeerConnection({ bundlePolicy: 'max-bundle', certificates: certificatesAtHand() });
  const video = connection.addTransceiver('video', { direction: 'recvonly' });
  connection.addTransceiver('audio', { direction: 'recvonly' });
  return { connection, video, offer: offerOf(connection, video) };
}

async function offerOf(connection, video) {
  const codecs = await decodableVideo();
  if (codecs) video.setCodecPreferences(codecs);
  return connection.createOffer();
}

function drop() {
  spare?.connection.close();
  spare = null;
}

firstCertificate.then(prepareOffer);
// A page that is left with an open connection would have to be loaded again when its user comes back to it.
globalThis.addEventListener?.('pagehide', drop);
