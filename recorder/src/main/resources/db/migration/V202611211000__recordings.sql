-- Segments of recordings that are kept. Vehicle and terminal are those of the time of recording; no
-- foreign keys, since a recording outlives what it shows. What stands here stands beside the file too.
CREATE TABLE recording_segment (
  id uuid PRIMARY KEY,
  organization_id uuid,
  terminal_id uuid,
  vehicle_id uuid,
  stream text NOT NULL,
  quality text NOT NULL,
  recorded_from timestamptz NOT NULL,
  recorded_to timestamptz NOT NULL,
  codec text NOT NULL,
  width int NOT NULL,
  height int NOT NULL,
  sound text,
  start_ticks bigint NOT NULL,
  frames bigint NOT NULL,
  bytes bigint NOT NULL,
  gaps text NOT NULL,
  place text NOT NULL,
  sha256 text,
  hold boolean NOT NULL DEFAULT false,
  state text NOT NULL CHECK (state IN ('recording', 'complete', 'lost', 'deleting', 'deleted')),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX recording_segment_stream ON recording_segment (stream, quality, recorded_from, id);
CREATE INDEX recording_segment_vehicle ON recording_segment (vehicle_id, recorded_from, id);
CREATE INDEX recording_segment_time ON recording_segment (recorded_from, id);
CREATE INDEX recording_segment_open ON recording_segment (state) WHERE state IN ('recording', 'deleting');
CREATE INDEX recording_segment_age ON recording_segment (recorded_to) WHERE state = 'complete' AND NOT hold;
