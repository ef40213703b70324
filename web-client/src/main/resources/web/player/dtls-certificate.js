/**
 * The certificate that this page's connections identify themselves with. It is made while the page loads, so that an offer
 * does not wait for it; all connections of a page go to servers that its user chose, so nobody learns more by one for all.
 */
const SPARE_MS = 24 * 3600 * 1000;

let atHand = null;
let making = false;

/** A list for RTCPeerConnection's configuration: empty (the browser makes one) while none is ready. */
export function certificatesAtHand(now = Date.now()) {
  if (atHand && atHand.expires - now > SPARE_MS) return [atHand];
  make();
  return [];
}

function make() {
  if (making || !globalThis.RTCPeerConnection?.generateCertificate) return Promise.resolve();
  making = true;
  return RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' })
    .then((certificate) => { atHand = certificate; }, () => {})
    .finally(() => { making = false; });
}

/** Done when the page's first certificate is made, or can not be made. */
export const firstCertificate = make();
