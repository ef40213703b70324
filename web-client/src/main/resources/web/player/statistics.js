/**
 * Figures of one viewing, from `RTCPeerConnection.getStats()`. Rates are taken between two samples, so a meter belongs to
 * one connection.
 */
export class StatisticsMeter {
  #earlier = null;

  /**
   * @param {Map<string, object>} report an RTCStatsReport
   * @param {number} nowMs a steady clock
   */
  sample(report, nowMs) {
    const entries = [...report.values()];
    const video = entries.find((each) => each.type === 'inbound-rtp' && each.kind === 'video');
    const audio = entries.find((each) => each.type === 'inbound-rtp' && each.kind === 'audio');
    const current = {
      nowMs,
      bytes: (video?.bytesReceived ?? 0) + (audio?.bytesReceived ?? 0),
      received: video?.packetsReceived ?? 0,
      lost: video?.packetsLost ?? 0,
      frames: video?.framesDecoded ?? 0,
      delay: video?.jitterBufferDelay ?? 0,
      emitted: video?.jitterBufferEmittedCount ?? 0,
    };
    const earlier = this.#earlier ?? { ...current, nowMs: nowMs - 1000, bytes: 0, received: 0, lost: 0, frames: 0, delay: 0, emitted: 0 };
    this.#earlier = current;
    const seconds = Math.max(0.001, (nowMs - earlier.nowMs) / 1000);
    const packets = current.received - earlier.received + Math.max(0, current.lost - earlier.lost);
    const emitted = current.emitted - earlier.emitted;
    return {
      codec: codecOf(report, video),
      audioCodec: codecOf(report, audio),
      width: video?.frameWidth ?? 0,
      height: video?.frameHeight ?? 0,
      frameRate: (current.frames - earlier.frames) / seconds,
      bitRate: ((current.bytes - earlier.bytes) * 8) / seconds,
      loss: packets > 0 ? Math.max(0, current.lost - earlier.lost) / packets : 0,
      packetsLost: current.lost,
      jitterBufferMs: emitted > 0 ? ((current.delay - earlier.delay) / emitted) * 1000 : null,
      framesDecoded: current.frames,
      framesReceived: video?.framesReceived ?? 0,
      framesDropped: video?.framesDropped ?? 0,
      audioPackets: audio?.packetsReceived ?? 0,
      freezes: video?.freezeCount ?? 0,
      freezeMs: (video?.totalFreezesDuration ?? 0) * 1000,
      nacks: video?.nackCount ?? 0,
      plis: video?.pliCount ?? 0,
      ...pathOf(report, entries),
    };
  }
}

function codecOf(report, inbound) {
  const codec = inbound?.codecId ? report.get(inbound.codecId) : undefined;
  return codec?.mimeType?.split('/')[1] ?? '';
}

function pathOf(report, entries) {
  const transport = entries.find((each) => each.type === 'transport');
  const pair = report.get(transport?.selectedCandidatePairId ?? '')
    ?? entries.find((each) => each.type === 'candidate-pair' && each.nominated && each.state === 'succeeded');
  const local = report.get(pair?.localCandidateId ?? '');
  const remote = report.get(pair?.remoteCandidateId ?? '');
  const address = remote?.address ?? remote?.ip;
  return {
    roundTripMs: pair?.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000,
    path: pair === undefined ? '' : [
      (local?.relayProtocol ?? remote?.protocol ?? 'udp').toUpperCase(),
      local?.candidateType === 'relay' ? 'relayed' : 'direct',
      address ? `${address.includes(':') ? `[${address}]` : address}:${remote.port}` : '',
    ].filter(Boolean).join(' · '),
  };
}

/** Rows for a table of figures: [name, words]. */
export function statisticsRows(figures, firstFrameMs) {
  const number = (value, unit, digits = 0) => (value === null || value === undefined ? '–' : `${value.toFixed(digits)} ${unit}`);
  return [
    ['Codec', [figures.codec, figures.audioCodec].filter(Boolean).join(' + ') || '–'],
    ['Size', figures.width ? `${figures.width} × ${figures.height}` : '–'],
    ['Frame rate', number(figures.frameRate, 'fps', 1)],
    ['Bit rate', bitRateText(figures.bitRate)],
    ['Loss', `${(figures.loss * 100).toFixed(1)} % · ${figures.packetsLost} in all`],
    ['Jitter buffer', number(figures.jitterBufferMs, 'ms')],
    ['Round trip', number(figures.roundTripMs, 'ms', 1)],
    ['Freezes', figures.freezes ? `${figures.freezes} · ${(figures.freezeMs / 1000).toFixed(1)} s` : 'none'],
    ['First frame', number(firstFrameMs, 'ms')],
    ['Path', figures.path || '–'],
  ];
}

export function bitRateText(bitsPerSecond) {
  if (!Number.isFinite(bitsPerSecond)) return '–';
  return bitsPerSecond >= 1e6 ? `${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s` : `${Math.round(bitsPerSecond / 1000)} kbit/s`;
}
