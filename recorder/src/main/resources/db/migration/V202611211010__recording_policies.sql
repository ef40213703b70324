-- What is kept of which streams; the most specific policy counts. "subject" is the id of an
-- organization, group or vehicle, or the name of a channel's stream.
CREATE TABLE recording_policy (
  scope text NOT NULL CHECK (scope IN ('organization', 'group', 'vehicle', 'channel')),
  subject text NOT NULL,
  organization_id uuid NOT NULL,
  mode text NOT NULL CHECK (mode IN ('always', 'live', 'event', 'schedule', 'never')),
  schedule_days text,
  schedule_from time,
  schedule_to time,
  schedule_zone text,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (scope, subject),
  CHECK ((mode = 'schedule') = (schedule_zone IS NOT NULL))
);
CREATE INDEX recording_policy_organization ON recording_policy (organization_id);
