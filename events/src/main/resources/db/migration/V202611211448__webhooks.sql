-- Who is told of events by HTTP. "organization_id" null: the node's, told of everybody's events.
CREATE TABLE webhook (
  id uuid PRIMARY KEY,
  organization_id uuid,
  name text NOT NULL,
  url text NOT NULL,
  secret bytea NOT NULL,
  enabled boolean NOT NULL,
  terminal text,
  group_id uuid,
  kind text,
  severity smallint NOT NULL CHECK (severity BETWEEN 0 AND 2),
  changes text[] NOT NULL,
  principal text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- What is to be told, made in the transaction of the change of the event; "number" is that of the
-- change, given after its commit, and the order within a line.
CREATE TABLE webhook_delivery (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  webhook_id uuid NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  terminal text NOT NULL,
  event_id uuid NOT NULL,
  what text NOT NULL,
  change_id bigint NOT NULL,
  number bigint,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
  attempts int NOT NULL DEFAULT 0,
  reason text,
  created_at timestamptz NOT NULL DEFAULT now(),
  waits_since timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX webhook_delivery_new ON webhook_delivery (change_id) WHERE number IS NULL;
CREATE INDEX webhook_delivery_line ON webhook_delivery (webhook_id, terminal, number)
  WHERE state = 'waiting' AND number IS NOT NULL;
CREATE INDEX webhook_delivery_list ON webhook_delivery (webhook_id, state, number, id);
CREATE INDEX webhook_delivery_age ON webhook_delivery (updated_at) WHERE state <> 'waiting';

-- One line of deliveries: of a webhook and a terminal, told one after the other. "due_at" null: nothing waits.
CREATE TABLE webhook_line (
  webhook_id uuid NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  terminal text NOT NULL,
  due_at timestamptz,
  PRIMARY KEY (webhook_id, terminal)
);
CREATE INDEX webhook_line_due ON webhook_line (webhook_id, due_at) WHERE due_at IS NOT NULL;
