-- How far each follower of a node's journal has come. Moves in the transaction that writes what was
-- read, so that every record is written once.
CREATE TABLE journal_cursor (
  journal uuid NOT NULL,
  follower text NOT NULL,
  position bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (journal, follower)
);

-- Where terminals were. One partition a day by the time of receipt, made when it is needed and
-- dropped as a whole; "at" is the best estimate of when it was and never later than the receipt.
-- Vehicle and organization are those of that moment. No foreign keys: history outlives them.
CREATE SEQUENCE track_id;
CREATE TABLE track (
  id bigint NOT NULL DEFAULT nextval('track_id'),
  received_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  terminal text NOT NULL,
  terminal_id uuid,
  vehicle_id uuid,
  organization_id uuid,
  device_time timestamp,
  latitude double precision NOT NULL,
  longitude double precision NOT NULL,
  altitude_m int NOT NULL,
  speed_kmh real NOT NULL,
  direction smallint NOT NULL,
  alarms bigint NOT NULL,
  video_alarms bigint NOT NULL,
  status bigint NOT NULL,
  protocol smallint NOT NULL,
  mileage_km double precision,
  serial int NOT NULL,
  backlog boolean NOT NULL,
  -- additional items as they came: id, length, data
  items bytea
) PARTITION BY RANGE (received_at);
CREATE INDEX track_terminal ON track (terminal, at, id);
CREATE INDEX track_vehicle ON track (vehicle_id, at, id) WHERE vehicle_id IS NOT NULL;

-- The newest of each terminal.
CREATE TABLE last_position (
  terminal text PRIMARY KEY,
  received_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  terminal_id uuid,
  vehicle_id uuid,
  organization_id uuid,
  device_time timestamp,
  latitude double precision NOT NULL,
  longitude double precision NOT NULL,
  altitude_m int NOT NULL,
  speed_kmh real NOT NULL,
  direction smallint NOT NULL,
  alarms bigint NOT NULL,
  video_alarms bigint NOT NULL,
  status bigint NOT NULL,
  protocol smallint NOT NULL,
  mileage_km double precision,
  serial int NOT NULL,
  backlog boolean NOT NULL
);
