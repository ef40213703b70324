import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iceServersFor } from '../src/main/resources/web/player/ice-servers.js';

const relay = { urls: ['turn:relay:3478'], username: '1:guest', credential: 'x' };

function server(seconds) {
  const asked = [];
  const fetch = async (url, { headers }) => {
    asked.push({ url: String(url), headers });
    return new Response(JSON.stringify({ ice_servers: [relay], expires_in_s: seconds }));
  };
  return { asked, fetch };
}

test('asks once for all players, and again at half of the time', async () => {
  const { asked, fetch } = server(100);
  let time = 0;
  const options = { fetch, now: () => time };
  const both = await Promise.all([iceServersFor('https://one', 'secret', options), iceServersFor('https://one', 'secret', options)]);
  assert.deepEqual(both, [[relay], [relay]]);
  assert.deepEqual(asked, [{ url: 'https://one/api/v1/ice-servers', headers: { Authorization: 'Bearer secret' } }]);
  time = 49_999;
  await iceServersFor('https://one', 'secret', options);
  assert.equal(asked.length, 1);
  time = 50_000;
  await iceServersFor('https://one', 'secret', options);
  assert.equal(asked.length, 2);
});

test('has none where they can not be had, and asks again the next time', async () => {
  let asked = 0;
  const fetch = async () => { asked += 1; return new Response('', { status: 403 }); };
  assert.deepEqual(await iceServersFor('https://two', '', { fetch }), []);
  assert.deepEqual(await iceServersFor('https://two', '', { fetch }), []);
  assert.equal(asked, 2);
});
