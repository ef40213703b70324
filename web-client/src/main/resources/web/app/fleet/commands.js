/** 640 by 480, as JT/T 808 numbers the sizes of photos. */
const VGA = 2;

/**
 * What can be asked of a terminal: how each command's form looks and what its request says. No document.
 * A field is `{name, label, kind, ...}`; kinds: `text`, `lines`, `number`, `check`, `choice`.
 */
export const COMMANDS = Object.freeze([
  {
    type: 'position', label: 'Report position', hint: 'The terminal tells where it is now.', fields: [],
  },
  {
    type: 'text', label: 'Send a text', hint: 'Shown to the driver, or read out.',
    fields: [
      { name: 'text', label: 'Text', kind: 'lines', required: true, maxlength: 500 },
      { name: 'display', label: 'Show on the display', kind: 'check', value: true },
      { name: 'speak', label: 'Read out', kind: 'check', value: true },
      { name: 'urgent', label: 'Urgent', kind: 'check', value: false },
    ],
  },
  {
    type: 'photo', label: 'Take a photo', hint: 'The camera\'s picture is sent and kept by the server.',
    fields: [
      { name: 'channel', label: 'Channel', kind: 'number', value: 1, min: 1, max: 127 },
      { name: 'count', label: 'Photos', kind: 'number', value: 1, min: 1, max: 10 },
    ],
    body: (given) => ({ ...given, resolution: VGA }),
  },
  {
    type: 'track', label: 'Track closely', hint: 'Positions at a short interval for a while.',
    fields: [
      { name: 'interval_s', label: 'Every (seconds)', kind: 'number', value: 2, min: 1, max: 3600 },
      { name: 'duration_s', label: 'For (seconds)', kind: 'number', value: 120, min: 1, max: 86_400 },
    ],
  },
  {
    type: 'parameters.read', label: 'Read parameters', hint: 'All of them, or only those named by their number.',
    fields: [{ name: 'ids', label: 'Numbers, such as 0x0001, 0x0055', kind: 'text', value: '' }],
    body: ({ ids }) => (ids.trim() ? { ids: ids.split(/[\s,;]+/).filter(Boolean).map(parameterNumber) } : {}),
  },
  {
    type: 'attributes', label: 'Ask what it is', hint: 'Manufacturer, model, versions.', fields: [],
  },
  {
    type: 'control', label: 'Restart the terminal', hint: 'It goes away for a minute or so.', confirm: 'Restart this terminal? It is away for a minute or so.',
    fields: [], body: () => ({ command: 'reset' }),
  },
]);

export function commandOf(type) {
  return COMMANDS.find((each) => each.type === type) ?? COMMANDS[0];
}

export function labelOfCommand(type) {
  return COMMANDS.find((each) => each.type === type)?.label ?? type;
}

/** The body to POST. @param values by field name @throws RangeError with words for the person who typed */
export function commandBody(type, values) {
  const { body = (given) => given } = commandOf(type);
  return { type, ...body(values) };
}

function parameterNumber(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 0xffffffff) throw new RangeError(`${text} is not the number of a parameter`);
  return number;
}

const STATE_WORDS = { queued: 'Waiting to be sent', sent: 'Sent', acknowledged: 'Done', failed: 'Failed', timed_out: 'No answer' };
const REASONS = {
  TERMINAL_OFFLINE: 'The terminal is not connected.', TERMINAL_BUSY: 'Too much is asked of the terminal at once.', SERVER_RESTARTED: 'The server ended before the answer came.', CONNECTION_REPLACED: 'The terminal came back on another connection meanwhile.',
  COMMAND_TIMED_OUT: 'The terminal did not answer in time.', TERMINAL_REFUSED: 'The terminal refused.',
};
const RESULTS = { failure: 'The terminal could not do it.', bad_message: 'The terminal did not understand it.', not_supported: 'The terminal does not support it.' };

/** `{words, good}` of a command: good is true, false or null while it is open. */
export function outcomeOf({ state, result, code }) {
  const refused = result && result !== 'success';
  const good = state === 'acknowledged' ? !refused : state === 'failed' || state === 'timed_out' ? false : null;
  const reason = good === false ? RESULTS[result] ?? REASONS[code] ?? '' : '';
  return { words: good === false && state === 'acknowledged' ? 'Refused' : STATE_WORDS[state] ?? state, reason, good };
}

/** Newest first, one per id; what is told later wins. */
export function mergeCommands(known, ...told) {
  const byId = new Map(known.map((each) => [each.id, each]));
  for (const each of told) byId.set(each.id, { ...byId.get(each.id), ...each });
  return [...byId.values()].sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at)).slice(0, 20);
}
