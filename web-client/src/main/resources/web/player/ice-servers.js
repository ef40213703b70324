/**
 * STUN and TURN servers of one Roadcast server, asked once for all players of a page and again when half of their time is
 * over. Where they can not be had there are none: who needs no relay watches all the same.
 */
const known = new Map();

/**
 * @param {string} server origin of the Roadcast server
 * @param {string} [token] sent as a bearer credential
 * @returns {Promise<RTCIceServer[]>} never rejected
 */
export function iceServersFor(server, token = '', { fetch = (...request) => globalThis.fetch(...request), now = Date.now } = {}) {
  const key = `${new URL(server).origin} ${token}`;
  const before = known.get(key);
  if (before && now() < before.until) return before.servers;
  const entry = { until: Infinity };
  entry.servers = ask(server, token, fetch).then(({ servers, lifetimeMs }) => {
    entry.until = now() + lifetimeMs / 2;
    return servers;
  }, () => {
    known.delete(key);
    return [];
  });
  known.set(key, entry);
  return entry.servers;
}

async function ask(server, token, fetch) {
  const response = await fetch(new URL('/api/v1/ice-servers', server), {
    headers: token ? { Authorization: `Bearer ${token}` } : {},
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const { ice_servers: servers, expires_in_s: seconds } = await response.json();
  return { servers, lifetimeMs: (seconds ?? 86_400) * 1000 };
}
