-- Safety events. Vehicle, group and terminal are those of the time of the event; no foreign keys, since an
-- event outlives whom it was about. Severity: 0 info, 1 warning, 2 critical. An event without "ended_at" goes on.
CREATE TABLE safety_event (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  subtype text NOT NULL,
  severity smallint NOT NULL CHECK (severity BETWEEN 0 AND 2),
  source text NOT NULL,
  terminal text NOT NULL,
  terminal_id uuid,
  vehicle_id uuid,
  group_id uuid,
  organization_id uuid,
  channel int,
  latitude double precision,
  longitude double precision,
  altitude_m int,
  speed_kmh real,
  direction int,
  device_time timestamp,
  at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_reason text,
  expires_at timestamptz,
  fold_key text,
  backlog boolean NOT NULL,
  suppressed boolean NOT NULL,
  attention boolean NOT NULL,
  identifier bytea,
  attachments int NOT NULL DEFAULT 0,
  details jsonb NOT NULL,
  acknowledged_at timestamptz,
  acknowledged_by text,
  assignee text,
  false_alarm boolean NOT NULL DEFAULT false,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX safety_event_time ON safety_event (at, id);
CREATE INDEX safety_event_terminal ON safety_event (terminal, at, id);
CREATE INDEX safety_event_vehicle ON safety_event (vehicle_id, at, id);
CREATE INDEX safety_event_kind ON safety_event (kind, subtype, at, id);
CREATE INDEX safety_event_severity ON safety_event (severity, at, id);
CREATE INDEX safety_event_unhandled ON safety_event (at, id) WHERE acknowledged_at IS NULL;
CREATE INDEX safety_event_open ON safety_event (terminal) WHERE ended_at IS NULL;
CREATE INDEX safety_event_expiry ON safety_event (expires_at) WHERE ended_at IS NULL;

-- What was reported already, so that a repetition makes no second event.
CREATE TABLE event_report (
  key bytea PRIMARY KEY,
  received_at timestamptz NOT NULL
);
CREATE INDEX event_report_age ON event_report (received_at);

-- What became of events, in the transaction in which it did. One sequencer at a time gives the numbers
-- after that, so that whoever has seen a number has missed nothing before it.
CREATE TABLE event_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id uuid NOT NULL,
  what text NOT NULL,
  number bigint UNIQUE,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX event_change_new ON event_change (id) WHERE number IS NULL;
CREATE INDEX event_change_age ON event_change (at);
CREATE TABLE event_sequence (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  last bigint NOT NULL
);
INSERT INTO event_sequence (last) VALUES (0);

-- Files that belong to an event: sent by the terminal, or cut from our own video.
CREATE TABLE event_evidence (
  id uuid PRIMARY KEY,
  event_id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  name text NOT NULL,
  channel int,
  content_type text,
  place text,
  bytes bigint,
  sha256 text,
  begins_at timestamptz,
  ends_at timestamptz,
  reason text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX event_evidence_event ON event_evidence (event_id, created_at, id);
CREATE INDEX event_evidence_unfinished ON event_evidence (kind, created_at)
  WHERE state IN ('requested', 'receiving', 'awaiting_device');

CREATE TABLE event_comment (
  id uuid PRIMARY KEY,
  event_id uuid NOT NULL,
  at timestamptz NOT NULL,
  author text NOT NULL,
  text text NOT NULL
);
CREATE INDEX event_comment_event ON event_comment (event_id, at, id);

-- What is to be done about an event; made in its transaction, taken out when it is done.
CREATE TABLE event_task (
  id uuid PRIMARY KEY,
  event_id uuid NOT NULL,
  action text NOT NULL,
  arguments jsonb NOT NULL,
  rule text NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  reason text,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX event_task_due ON event_task (due_at) WHERE state = 'waiting';
CREATE INDEX event_task_event ON event_task (event_id);
