-- Who owns what, what drives, and what is built into it. Keys are UUIDs of version 7, made by the
-- program; "version" counts the changes of a row and is what If-Match compares.

CREATE TABLE organization (
  id uuid PRIMARY KEY,
  name text NOT NULL CONSTRAINT organization_name_unique UNIQUE,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- A tree within an organization.
CREATE TABLE vehicle_group (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization,
  parent_id uuid,
  name text NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT vehicle_group_organization UNIQUE (organization_id, id),
  CONSTRAINT vehicle_group_name_unique UNIQUE NULLS NOT DISTINCT (organization_id, parent_id, name),
  CONSTRAINT vehicle_group_parent FOREIGN KEY (organization_id, parent_id)
    REFERENCES vehicle_group (organization_id, id)
);
CREATE INDEX vehicle_group_parent_id ON vehicle_group (parent_id);

-- A plate's number is only unique together with its colour; an unknown colour counts as one.
CREATE TABLE vehicle (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization,
  group_id uuid,
  plate text NOT NULL,
  plate_color text,
  name text,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT vehicle_organization UNIQUE (organization_id, id),
  CONSTRAINT vehicle_plate_unique UNIQUE NULLS NOT DISTINCT (organization_id, plate, plate_color),
  CONSTRAINT vehicle_group_exists FOREIGN KEY (organization_id, group_id)
    REFERENCES vehicle_group (organization_id, id)
);
CREATE INDEX vehicle_group_id ON vehicle (group_id);

-- What a terminal said of itself at its registration stands in the columns from manufacturer on.
CREATE TABLE terminal (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization,
  name text,
  code_generation int NOT NULL DEFAULT 1,
  given_code_mac bytea,
  protocol text,
  manufacturer text,
  model text,
  factory_id text,
  software_version text,
  registered_plate text,
  registered_plate_color text,
  registered_at timestamptz,
  last_seen_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT terminal_organization UNIQUE (organization_id, id)
);
CREATE INDEX terminal_organization_id ON terminal (organization_id);

-- What a terminal calls itself, and when. "digits" is for look-up: hex in capitals without leading
-- zeros, which for BCD are the number's digits; "raw" is what came over the wire, if anything did.
CREATE TABLE terminal_identity (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  terminal_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('phone', 'media_id', 'imei', 'alias')),
  digits text NOT NULL,
  raw bytea,
  valid_from timestamptz NOT NULL DEFAULT now(),
  valid_to timestamptz,
  CONSTRAINT terminal_identity_terminal FOREIGN KEY (organization_id, terminal_id)
    REFERENCES terminal (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX terminal_identity_terminal_id ON terminal_identity (terminal_id);
CREATE INDEX terminal_identity_digits ON terminal_identity (digits);
CREATE UNIQUE INDEX terminal_phone_unique ON terminal_identity (digits)
  WHERE kind = 'phone' AND valid_to IS NULL;
CREATE UNIQUE INDEX terminal_identity_once ON terminal_identity (terminal_id, kind, digits)
  WHERE valid_to IS NULL;
CREATE UNIQUE INDEX terminal_one_phone ON terminal_identity (terminal_id)
  WHERE kind = 'phone' AND valid_to IS NULL;

CREATE TABLE channel (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  terminal_id uuid NOT NULL,
  number smallint NOT NULL CHECK (number BETWEEN 0 AND 255),
  name text,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT channel_number_unique UNIQUE (terminal_id, number),
  CONSTRAINT channel_terminal FOREIGN KEY (organization_id, terminal_id)
    REFERENCES terminal (organization_id, id) ON DELETE CASCADE
);

-- Which terminal was in which vehicle, from when to when.
CREATE TABLE installation (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  vehicle_id uuid NOT NULL,
  terminal_id uuid NOT NULL,
  installed_from timestamptz NOT NULL DEFAULT now(),
  installed_to timestamptz,
  CONSTRAINT installation_vehicle FOREIGN KEY (organization_id, vehicle_id)
    REFERENCES vehicle (organization_id, id) ON DELETE CASCADE,
  CONSTRAINT installation_terminal FOREIGN KEY (organization_id, terminal_id)
    REFERENCES terminal (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX installation_vehicle_id ON installation (vehicle_id);
CREATE INDEX installation_terminal_id ON installation (terminal_id);
CREATE UNIQUE INDEX installation_vehicle_now ON installation (vehicle_id) WHERE installed_to IS NULL;
CREATE UNIQUE INDEX installation_terminal_now ON installation (terminal_id) WHERE installed_to IS NULL;

-- Terminals that came by and that nobody knows. They belong to no organization until adopted.
CREATE TABLE unknown_terminal (
  id uuid PRIMARY KEY,
  digits text NOT NULL CONSTRAINT unknown_terminal_digits_unique UNIQUE,
  kind text NOT NULL,
  raw bytea,
  address text,
  protocol text,
  manufacturer text,
  model text,
  factory_id text,
  software_version text,
  registered_plate text,
  registered_plate_color text,
  imei text,
  times bigint NOT NULL DEFAULT 1,
  first_seen_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL
);
CREATE INDEX unknown_terminal_last_seen_at ON unknown_terminal (last_seen_at);

-- Who did what to what. No foreign keys: it outlives what it speaks of.
CREATE TABLE audit (
  id uuid PRIMARY KEY,
  organization_id uuid,
  at timestamptz NOT NULL,
  principal text NOT NULL,
  address text,
  action text NOT NULL,
  resource_kind text NOT NULL,
  resource_id text,
  outcome text NOT NULL,
  detail text
);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_resource ON audit (resource_kind, resource_id);
