-- What terminals were told to do, and what became of it.
CREATE TABLE terminal_command (
  id uuid PRIMARY KEY,
  terminal text NOT NULL,
  organization_id uuid,
  type text NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'acknowledged', 'failed', 'timed_out')),
  result text,
  code text,
  answer text,
  request text NOT NULL,
  principal text NOT NULL,
  -- all commands of one request to a group
  batch uuid,
  idempotency_key text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX terminal_command_terminal ON terminal_command (terminal, created_at, id);
CREATE INDEX terminal_command_batch ON terminal_command (batch) WHERE batch IS NOT NULL;
CREATE INDEX terminal_command_open ON terminal_command (id) WHERE state IN ('queued', 'sent');
CREATE UNIQUE INDEX terminal_command_once ON terminal_command (principal, terminal, idempotency_key)
  WHERE idempotency_key IS NOT NULL;
