// Watches the video of a player: which pictures were shown, what stands in their frame counter code
// (io.roadcast.simulator.picture.FrameCounterCode), and how old they were. Installs window.watchVideo.
(() => {
  const check = (bytes) => {
    let crc = 0xff;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) {
        crc = crc & 0x80 ? ((crc << 1) & 0xff) ^ 0x07 : (crc << 1) & 0xff;
      }
    }
    return crc;
  };

  const readRow = (luma, stride, cell, row, valueBytes) => {
    const edge = cell >> 2;
    const bytes = [];
    for (let index = 0; index < valueBytes + 1; index++) {
      let byte = 0;
      for (let bit = 0; bit < 8; bit++) {
        const left = (index * 8 + bit) * cell;
        let sum = 0;
        let count = 0;
        for (let y = row * cell + edge; y < (row + 1) * cell - edge; y++) {
          for (let x = left + edge; x < left + cell - edge; x++) {
            sum += luma[y * stride + x];
            count++;
          }
        }
        byte = (byte << 1) | (sum / count >= 128 ? 1 : 0);
      }
      bytes.push(byte);
    }
    const value = bytes.slice(0, valueBytes);
    if (check(value) !== bytes[valueBytes]) {
      return null;
    }
    return value.reduce((sum, byte) => sum * 256 + byte, 0);
  };

  const read = async (video) => {
    const frame = new VideoFrame(video);
    try {
      const { width, height } = frame.visibleRect;
      const cell = 2 * Math.max(1, Math.min(Math.floor(height / 90), Math.floor(width / 96)));
      const rect = { x: 0, y: 0, width, height: Math.ceil(cell) * 2 };
      const buffer = new Uint8Array(frame.allocationSize({ rect }));
      const layout = await frame.copyTo(buffer, { rect });
      const luma = buffer.subarray(layout[0].offset);
      const stride = layout[0].stride;
      let light = 0;
      const left = width - 2 * cell - cell / 2;
      for (let y = cell / 2; y < cell / 2 + cell; y++) {
        for (let x = left; x < left + cell; x++) {
          light += luma[y * stride + x];
        }
      }
      return { lit: light / (cell * cell) > 145, counter: readRow(luma, stride, cell, 0, 3), clock: readRow(luma, stride, cell, 1, 4) };
    } finally {
      frame.close();
    }
  };

  // codes: whether the pictures carry the code; the returned record is filled as pictures come.
  window.watchVideo = (video, codes) => {
    const seen = { pictures: 0, unreadable: 0, backwards: 0, longestPauseMs: 0, readings: [], flashes: [], width: 0, height: 0 };
    let last = null;
    let wasLit = true;
    const onPicture = async (now, metadata) => {
      if (seen.stopped) {
        return;
      }
      video.requestVideoFrameCallback(onPicture);
      seen.pictures++;
      seen.width = metadata.width;
      seen.height = metadata.height;
      if (last !== null) {
        seen.longestPauseMs = Math.max(seen.longestPauseMs, now - last);
      }
      last = now;
      if (!codes) {
        return;
      }
      const at = Date.now();
      const reading = await read(video);
      if (reading.counter === null || reading.clock === null) {
        seen.unreadable++;
        return;
      }
      if (reading.lit && !wasLit) {
        seen.flashes.push(metadata.expectedDisplayTime);
      }
      wasLit = reading.lit;
      const before = seen.readings.at(-1);
      if (before && reading.counter < before.counter) {
        seen.backwards++;
      }
      seen.readings.push({ counter: reading.counter, ageMs: (at - reading.clock) & 0xffffffff, at });
      if (seen.readings.length > 5000) {
        seen.readings.shift();
      }
    };
    video.requestVideoFrameCallback(onPicture);
    return seen;
  };
})();
