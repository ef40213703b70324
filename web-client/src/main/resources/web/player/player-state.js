/**
 * What a player shows and does next, as a pure function: `reduce(now, event)` gives the next situation.
 *
 * A situation is `{state, code, headline, detail, effect}`; `effect` is what the element has to do about it:
 * `open` a session, `retry` (close, then open after a pause), `close`, or `none`.
 *
 * Events: `play`, `stop`, `attempt` (the pause is over), `asking` (the server takes its time: it asks the camera),
 * `channel` ({state}, what the server does to have the picture), `frame` (a picture came), `silence` (none came for a while),
 * `lost` (the connection failed), `available` (the server says the stream is there while no session is open),
 * `problem` ({problem}), `notice` ({notice, detail}).
 */
export const PlayerState = Object.freeze({
  IDLE: 'idle',
  CONNECTING: 'connecting',
  LIVE: 'live',
  WAITING: 'waiting',
  RECONNECTING: 'reconnecting',
  ENDED: 'ended',
  REFUSED: 'refused',
});

const { IDLE, CONNECTING, LIVE, WAITING, RECONNECTING, ENDED, REFUSED } = PlayerState;

export const IDLE_SITUATION = situation(IDLE, 'Stopped', '', 'close');

/** Nothing but `play` and `stop` moves a player out of these, nor out of being kicked. */
const RESTING = new Set([IDLE, REFUSED]);

export function reduce(now, event) {
  if (event.type === 'play') return situation(CONNECTING, 'Connecting', '', 'open');
  if (event.type === 'stop') return IDLE_SITUATION;
  if (RESTING.has(now.state)) return quiet(now);
  if (now.code === 'kicked') return quiet(now);
  switch (event.type) {
    case 'attempt':
      return attempt(now);
    case 'asking':
      return now.state === CONNECTING ? situation(CONNECTING, ...CHANNEL_WORDS.requested, 'none', now.code) : quiet(now);
    case 'channel':
      return now.state === CONNECTING && CHANNEL_WORDS[event.state] ? situation(CONNECTING, ...CHANNEL_WORDS[event.state], 'none', now.code) : quiet(now);
    case 'frame':
      return now.state === LIVE ? quiet(now) : situation(LIVE, 'Live', '', 'none');
    case 'silence':
      return now.state === WAITING
        ? quiet(now)
        : situation(WAITING, 'Waiting for the camera', 'The connection is up, but no picture is coming.', 'none', 'no_frames');
    case 'lost':
      return situation(RECONNECTING, 'Connection lost', 'The network path to the server broke.', 'retry', 'connection_lost');
    case 'available':
      return situation(CONNECTING, 'The camera is back', '', 'open');
    case 'problem':
      return afterProblem(event.problem);
    case 'notice':
      return afterNotice(now, event);
    default:
      return quiet(now);
  }
}

/** The next try after a pause; what was said before stays on the screen where it still holds. */
function attempt(now) {
  if (now.state === WAITING) return { ...now, effect: 'open' };
  return situation(now.state === RECONNECTING ? RECONNECTING : CONNECTING, now.state === RECONNECTING ? 'Reconnecting' : 'Connecting', '', 'open', now.code);
}

function afterProblem(problem) {
  const { code, detail } = problem;
  const words = WORDS_OF_CODE[code];
  if (problem.final) return situation(REFUSED, words?.[0] ?? 'The server refused', detail || words?.[1] || code, 'close', code);
  if (CAMERA_CODES.has(code)) return situation(WAITING, words[0], words[1], 'retry', code);
  return situation(RECONNECTING, words?.[0] ?? 'No connection', words?.[1] ?? (detail || code), 'retry', code);
}

function afterNotice(now, { notice, detail }) {
  switch (notice) {
    case 'stream_interrupted':
      return now.state === LIVE || now.state === CONNECTING || now.state === WAITING
        ? situation(WAITING, 'Waiting for the camera', 'The camera stopped sending. The picture returns by itself.', 'none', notice)
        : quiet(now);
    case 'stream_ended':
      return situation(ENDED, 'The stream has ended', detail || 'It starts again as soon as the camera sends.', 'retry', notice);
    case 'kicked':
      return situation(ENDED, 'This view was ended', detail || 'An operator closed it.', 'close', notice);
    case 'server_stopping':
      return situation(RECONNECTING, 'The server is restarting', 'The picture returns by itself.', 'retry', notice);
    default:
      return quiet(now);
  }
}

/** What is being done to have the picture, as the server tells while its answer is waited for. */
const CHANNEL_WORDS = {
  requested: ['Asking the camera …', 'It sends only while somebody watches.'],
  stopping: ['The camera is stopping', 'It is asked to send again as soon as it has.'],
  backoff: ['The camera has failed', 'It is asked again in a moment.'],
};

/** The server is well; it is the camera that has to come round. */
const CAMERA_CODES = new Set(['STREAM_NOT_FOUND', 'STREAM_WITHOUT_MEDIA', 'TERMINAL_OFFLINE', 'TERMINAL_REFUSED', 'NO_MEDIA', 'DATA_BUDGET_EXCEEDED']);

const WORDS_OF_CODE = {
  STREAM_NOT_FOUND: ['Waiting for the camera', 'It is not sending at the moment.'],
  STREAM_WITHOUT_MEDIA: ['Waiting for the camera', 'It is connected, but has sent no picture yet.'],
  TERMINAL_OFFLINE: ['The terminal is offline', 'The picture comes when the vehicle is connected again.'],
  TERMINAL_REFUSED: ['The camera refuses', 'It was asked for this channel and said no.'],
  NO_MEDIA: ['The camera sends nothing', 'It was asked, but no picture has come.'],
  DATA_BUDGET_EXCEEDED: ['Out of data', 'The terminal has used up its data of this month.'],
  CODEC_NOT_SUPPORTED: ['This browser cannot show the picture', 'The camera uses a video format this browser has no decoder for.'],
  FORBIDDEN: ['Not allowed', 'This token may not watch the stream.'],
  UNAUTHENTICATED: ['Sign-in needed', 'The server wants a valid access token.'],
  WEBRTC_UNAVAILABLE: ['This browser cannot play', 'WebRTC is missing or switched off.'],
  SERVER_OVERLOADED: ['The server is busy', 'It sends as much as it can. The picture comes as soon as there is room.'],
  TOO_MANY_VIEWERS: ['The server is full', 'It serves as many viewers as it may.'],
  TRANSCODE_BUDGET: ['The server is busy', 'These pictures have to be converted for you, and it converts as many as it may.'],
  STREAM_VIEWERS_FULL: ['This stream is full', 'As many viewers as allowed are watching it.'],
  RECORDING_NOT_FOUND: ['Nothing was recorded', 'There is no picture of that time, nor of a later one.'],
  RECORDING_UNREADABLE: ['The recording cannot be read', 'Its storage may be away for a moment.'],
  TOO_MANY_PLAYBACKS: ['Too many recordings are shown', 'The server shows as many at once as it may.'],
  RATE_LIMITED: ['Too many attempts', 'The server asks this address to slow down.'],
  SERVER_STOPPING: ['The server is restarting', 'The picture returns by itself.'],
  SERVER_UNREACHABLE: ['The server cannot be reached'],
  NO_MEDIA_PATH: ['No path for the picture', 'The server answers, but its media port cannot be reached. A firewall may be in the way.'],
  SERVER_SILENT: ['The server does not answer', 'It was asked, but kept silent.'],
};

function situation(state, headline, detail, effect, code = '') {
  return Object.freeze({ state, code, headline, detail, effect });
}

function quiet(now) {
  return now.effect === 'none' ? now : { ...now, effect: 'none' };
}
