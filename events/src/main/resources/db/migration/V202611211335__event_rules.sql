-- Rules that were written through the API. Owner: an organization, or all zeros for the node.
CREATE TABLE event_rules (
  owner uuid PRIMARY KEY,
  rules text NOT NULL,
  revision bigint NOT NULL DEFAULT 1,
  principal text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
