-- Pictures, sounds and videos that terminals sent; the files lie in the data directory. Vehicle and
-- organization are those of that moment. No foreign keys: files outlive them.
CREATE TABLE terminal_media (
  id uuid PRIMARY KEY,
  terminal text NOT NULL,
  terminal_id uuid,
  vehicle_id uuid,
  organization_id uuid,
  -- the terminal's own number, which it uses again
  media_id bigint NOT NULL,
  -- numbers of JT/T 808
  type smallint NOT NULL,
  format smallint NOT NULL,
  event smallint NOT NULL,
  channel smallint NOT NULL,
  at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  latitude double precision,
  longitude double precision,
  altitude_m int,
  speed_kmh double precision,
  direction int,
  positioned boolean,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  place text NOT NULL,
  command_id uuid
);
CREATE UNIQUE INDEX terminal_media_once ON terminal_media (terminal, media_id, sha256);
CREATE INDEX terminal_media_terminal ON terminal_media (terminal, at, id);
CREATE INDEX terminal_media_vehicle ON terminal_media (vehicle_id, at, id) WHERE vehicle_id IS NOT NULL;
CREATE INDEX terminal_media_age ON terminal_media (received_at, id);
CREATE INDEX terminal_media_age_of_terminal ON terminal_media (terminal, received_at, id);

-- What the terminal said it took when it was ordered to (0x0805).
ALTER TABLE terminal_command ADD COLUMN media_ids bigint[];
