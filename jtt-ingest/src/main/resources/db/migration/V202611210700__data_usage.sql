-- How many bytes of media each terminal sent, by its digits as in stream ids, known to the fleet or
-- not; the month is its first day, in UTC.

CREATE TABLE terminal_data_usage (
  terminal text NOT NULL,
  month date NOT NULL,
  bytes bigint NOT NULL CHECK (bytes >= 0),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (month, terminal)
);
