// What the connections' statistics tell of sound and picture: numbers and yes or no, one line for each stream. No address, candidate or name is read.
((reports) => {
  const most = 64; // streams of a class: a page that makes more is not believed
  const number = (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined);
  const less = (all, part) => (all === undefined ? undefined : all - (part ?? 0));
  const hash = (text) => {
    let sum = 0;
    for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) | 0;
    return sum;
  };

  // Both ways; what only one way has is undefined on the other and so is left out.
  const stream = (place, own, parts) => {
    const sent = own.type === "outbound-rtp";
    const other = parts.get(own.remoteId);
    const source = sent ? parts.get(own.mediaSourceId) : own;
    return {
      key: hash(`${place} ${own.id} ${own.ssrc}`),
      sent,
      picture: own.kind === "video",
      packets: number(sent ? own.packetsSent : own.packetsReceived),
      bytes: number(sent ? own.bytesSent : own.bytesReceived),
      lost: number(sent ? other?.packetsLost : own.packetsLost),
      jitter: number(sent ? other?.jitter : own.jitter),
      roundTrip: number(other?.roundTripTime),
      frames: number(sent ? own.framesSent : own.framesDecoded),
      encoded: number(own.framesEncoded),
      dropped: number(own.framesDropped),
      width: number(own.frameWidth),
      height: number(own.frameHeight),
      freezes: number(own.freezeCount),
      frozen: number(own.totalFreezesDuration),
      concealed: less(number(own.concealedSamples), number(own.silentConcealedSamples)), // what was silent anyway nobody heard
      samples: number(own.totalSamplesReceived),
      energy: number(source?.totalAudioEnergy),
      heard: number(source?.totalSamplesDuration),
      resends: number(own.nackCount),
      restarts: number(own.pliCount),
    };
  };

  const way = (transport, parts) => {
    const pair = parts.get(transport.selectedCandidatePairId);
    const [near, far] = [parts.get(pair?.localCandidateId), parts.get(pair?.remoteCandidateId)];
    return {
      roundTrip: number(pair?.currentRoundTripTime),
      relay: near && far ? near.candidateType === "relay" || far.candidateType === "relay" : undefined,
      tcp: near ? (near.relayProtocol ?? near.protocol) !== "udp" : undefined,
    };
  };

  const told = { streams: [], ways: [] };
  try {
    for (const [place, parts] of reports.entries()) {
      for (const part of parts.values()) {
        if (part.type === "transport") told.ways.push(way(part, parts));
        else if (part.type === "outbound-rtp" || part.type === "inbound-rtp") told.streams.push(stream(place, part, parts));
      }
    }
  } catch {
    return null; // a page may have put something of its own in their place
  }
  return { streams: told.streams.slice(0, most), ways: told.ways.slice(0, most) };
})
