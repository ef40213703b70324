// Joins a stream once or several times at once and notes every picture that is shown: when, and which one
// (io.roadcast.simulator.picture.FrameCounterCode, first row). Installs window.joinStream.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

  const counterOf = (luma, stride, cell) => {
    const edge = cell >> 2;
    let crc = 0xff;
    let value = 0;
    for (let index = 0; index < 4; index++) {
      let byte = 0;
      for (let bit = 0; bit < 8; bit++) {
        const left = (index * 8 + bit) * cell + edge;
        let sum = 0;
        let count = 0;
        for (let y = edge; y < cell - edge; y++) {
          for (let x = left; x < left + cell - 2 * edge; x++) {
            sum += luma[y * stride + x];
            count++;
          }
        }
        byte = (byte << 1) | (sum / count >= 128 ? 1 : 0);
      }
      if (index === 3) return byte === crc ? value : -1;
      value = value * 256 + byte;
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) & 0xff) ^ 0x07 : (crc << 1) & 0xff;
    }
    return -1;
  };

  // A strip of the picture only: drawing all of it would disturb what is measured.
  const read = async (frame) => {
    try {
      const { width, height } = frame.visibleRect;
      const cell = 2 * Math.max(1, Math.min(Math.floor(height / 90), Math.floor(width / 96)));
      const rect = { x: 0, y: 0, width: 32 * cell, height: cell };
      const buffer = new Uint8Array(frame.allocationSize({ rect }));
      const [plane] = await frame.copyTo(buffer, { rect });
      return counterOf(buffer.subarray(plane.offset), plane.stride, cell);
    } catch {
      return -1;
    } finally {
      frame.close();
    }
  };

  const watch = (video, join) => {
    const shown = () => {
      if (join.over) return;
      const at = now();
      const picture = { at, counter: -1, height: video.videoHeight };
      video.requestVideoFrameCallback(shown);
      join.pictures.push(picture);
      try {
        read(new VideoFrame(video)).then((counter) => { picture.counter = counter; });
      } catch {
        picture.gone = true; // it was shown, but the element has none to give at this moment
      }
    };
    video.requestVideoFrameCallback(shown);
  };

  const noteConnected = (connection, join) => {
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'connected') join.connected ??= now();
    });
  };

  // The product's player, as a page would use it.
  const player = async (stream, join) => {
    const element = document.createElement('roadcast-player');
    element.setAttribute('stream', stream);
    element.style.cssText = 'display:inline-block;width:640px;height:360px';
    watch(element.shadowRoot.querySelector('video'), join);
    join.begun = now();
    document.body.append(element);
    while (!element.peerConnection) await pause(0);
    noteConnected(element.peerConnection, join);
    return { connection: () => element.peerConnection, end: () => element.remove() };
  };

  // A page that knows WHEP and nothing else: it waits until all candidates are gathered.
  const waiting = async (stream, join) => {
    const video = document.createElement('video');
    video.muted = true;
    video.autoplay = true;
    video.style.cssText = 'width:640px;height:360px';
    document.body.append(video);
    watch(video, join);
    join.begun = now();
    const connection = new RTCPeerConnection();
    noteConnected(connection, join);
    connection.addTransceiver('video', { direction: 'recvonly' });
    connection.addTransceiver('audio', { direction: 'recvonly' });
    const media = new MediaStream();
    video.srcObject = media;
    connection.addEventListener('track', ({ track }) => media.addTrack(track));
    await connection.setLocalDescription(await connection.createOffer());
    while (connection.iceGatheringState !== 'complete') {
      await new Promise((done) => { connection.addEventListener('icegatheringstatechange', done, { once: true }); });
    }
    const answer = await fetch(`/whep/${stream}`, { method: 'POST', headers: { 'Content-Type': 'application/sdp' },
      body: connection.localDescription.sdp });
    const resource = answer.headers.get('Location');
    join.answered = now();
    await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    return {
      connection: () => connection,
      end: () => { connection.close(); video.remove(); fetch(resource, { method: 'DELETE' }); },
    };
  };

  const figures = async (connection) => {
    const found = {};
    for (const report of (await connection.getStats()).values()) {
      if (report.type === 'inbound-rtp') found[report.kind] = report;
    }
    return found;
  };

  // When the newest answer was there, by the browser's own account.
  const answered = () => {
    const offers = performance.getEntriesByType('resource').filter((entry) => entry.initiatorType === 'fetch'
      && entry.name.includes('/whep/') && entry.responseEnd > 0);
    return offers.length === 0 ? null : performance.timeOrigin + offers.at(-1).responseEnd;
  };

  const one = async (page, stream, viewMs, settledMs) => {
    const join = { begun: 0, connected: null, pictures: [] };
    const open = await (page === 'player' ? player : waiting)(stream, join);
    await pause(Math.max(0, join.begun + settledMs - now()));
    join.settled = settledMs > 0 ? await figures(open.connection()) : {};
    await pause(Math.max(0, join.begun + viewMs - now()));
    join.stats = await figures(open.connection());
    join.answered ??= answered();
    join.heard = join.stats.audio?.packetsReceived ?? 0;
    join.over = true;
    await pause(20); // the last pictures are being read
    open.end();
    return join;
  };

  // startAt: ms since 1970; settledMs: when figures are taken for the first time, 0 for at the end only. Resolves
  // with one record per viewer when all are over.
  window.joinStream = async (page, stream, count, startAt, viewMs, settledMs = 0) => {
    performance.clearResourceTimings();
    await pause(Math.max(0, startAt - now() - 5));
    while (now() < startAt) await pause(0);
    return Promise.all(Array.from({ length: count }, () => one(page, stream, viewMs, settledMs)));
  };

  // Media go through a relay that delays and loses: its port takes the place of the server's in every answer.
  window.relayMedia = (port, delayMs) => {
    const original = window.fetch.bind(window);
    window.fetch = async (...request) => {
      await pause(delayMs);
      const response = await original(...request);
      if (response.status !== 201) return response;
      let first = true;
      const lines = (await response.text()).split('\r\n').flatMap((line) => {
        if (!line.startsWith('a=candidate:')) return [line];
        if (!first) return [];
        first = false;
        return [`a=candidate:1 1 udp 2130706431 127.0.0.1 ${port} typ host`];
      });
      return new Response(lines.join('\r\n'), { status: 201, headers: response.headers });
    };
  };
})();
