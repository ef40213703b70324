/**
 * Which pictures this browser can really show. Some offer H.265 wherever WebRTC knows it, and then have no decoder for it;
 * what is left out of the offer, the server makes into H.264.
 */
const RELUCTANT = 'video/H265';

let answer = null;

/**
 * Codecs to offer, in their order, or null for all. Asked once per page; costs nothing where H.265 is not known.
 *
 * @returns {Promise<object[]|null>} for `RTCRtpTransceiver.setCodecPreferences`; never rejected
 */
export function decodableVideo({ capabilities = globalThis.RTCRtpReceiver?.getCapabilities?.('video'), media = globalThis.navigator?.mediaCapabilities } = {}) {
  const codecs = capabilities?.codecs ?? [];
  if (!codecs.some(({ mimeType }) => mimeType === RELUCTANT)) return Promise.resolve(null);
  answer ??= canDecode(media);
  return answer.then((can) => (can ? null : codecs.filter(({ mimeType }) => mimeType !== RELUCTANT)));
}

async function canDecode(media) {
  try {
    const video = { contentType: RELUCTANT, width: 1280, height: 720, bitrate: 2_000_000, framerate: 25 };
    const { supported, smooth } = await media.decodingInfo({ type: 'webrtc', video });
    return supported && smooth;
  } catch {
    return true; // A browser that cannot be asked is believed.
  }
}
