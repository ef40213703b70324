-- How long, and how much, is kept by a policy; null is as configured for all.
ALTER TABLE recording_policy ADD COLUMN keep_seconds double precision CHECK (keep_seconds > 0);
ALTER TABLE recording_policy ADD COLUMN max_bytes bigint CHECK (max_bytes >= 0);
-- What stands beside the file has to be written once more.
ALTER TABLE recording_segment ADD COLUMN sidecar_due boolean NOT NULL DEFAULT false;
CREATE INDEX recording_segment_sidecar ON recording_segment (id) WHERE sidecar_due;
CREATE INDEX recording_segment_policy ON recording_segment (policy) WHERE state = 'complete';
-- One row while recordings must not be deleted.
CREATE TABLE recording_deletion_suspended (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  since timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL
);
-- Recordings that somebody started; they go on after a restart.
CREATE TABLE recording_started (
  stream text NOT NULL,
  quality text NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (stream, quality)
);
