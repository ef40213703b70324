// Notes when the simulator's beep (880 Hz, at the beginning of each second) begins in a stream's sound.
(() => {
  const goertzel = (samples, rate, frequency) => {
    const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / rate);
    let a = 0;
    let b = 0;
    for (const sample of samples) {
      const next = sample + coefficient * a - b;
      b = a;
      a = next;
    }
    return Math.sqrt(Math.max(0, a * a + b * b - coefficient * a * b)) / samples.length;
  };

  window.listenToBeeps = async (stream) => {
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.resume();
    const source = context.createMediaStreamSource(stream);
    const size = 512;
    const processor = context.createScriptProcessor(size, 1, 1);
    const heard = { beeps: [], loudest: 0, blocks: 0, peak880: 0 };
    let quietSince = 0;
    processor.onaudioprocess = (event) => {
      const samples = event.inputBuffer.getChannelData(0);
      const strength = goertzel(samples, context.sampleRate, 880);
      const now = performance.now();
      heard.blocks++;
      heard.peak880 = Math.max(heard.peak880, strength);
      for (const sample of samples) {
        heard.loudest = Math.max(heard.loudest, Math.abs(sample));
      }
      if (strength < 0.01) {
        quietSince = quietSince || now;
      } else {
        // The block was captured before it is handed to us.
        if (quietSince && now - quietSince > 300) {
          heard.beeps.push(now - (size / context.sampleRate) * 1000);
        }
        quietSince = 0;
      }
    };
    source.connect(processor);
    processor.connect(context.destination);
    return heard;
  };
})();
