-- Bytes by channel, both qualities together. What was counted before stands under -1: nobody knows
-- which channel sent it.
ALTER TABLE terminal_data_usage ADD COLUMN channel smallint NOT NULL DEFAULT -1;
ALTER TABLE terminal_data_usage DROP CONSTRAINT terminal_data_usage_pkey;
ALTER TABLE terminal_data_usage ADD PRIMARY KEY (month, terminal, channel);

-- How many bytes may be used in a month; 0 is no limit. Without a row a terminal may use what the
-- configuration says, and an organization what it likes.
CREATE TABLE terminal_data_budget (
  terminal_id uuid PRIMARY KEY REFERENCES terminal ON DELETE CASCADE,
  monthly_bytes bigint NOT NULL CHECK (monthly_bytes >= 0),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE organization_data_budget (
  organization_id uuid PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
  monthly_bytes bigint NOT NULL CHECK (monthly_bytes >= 0),
  updated_at timestamptz NOT NULL DEFAULT now()
);
