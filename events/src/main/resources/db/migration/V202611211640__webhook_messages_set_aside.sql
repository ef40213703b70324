-- A message that a receiver refuses again and again, while it takes others, is set aside: its line does
-- not wait for it, and it is sent again when it is due itself.
ALTER TABLE webhook_delivery ADD COLUMN refusals int NOT NULL DEFAULT 0;
ALTER TABLE webhook_delivery ADD COLUMN due_at timestamptz;
ALTER TABLE webhook_delivery DROP CONSTRAINT webhook_delivery_state_check;
ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_state_check
  CHECK (state IN ('waiting', 'delivered', 'aside', 'dead'));
CREATE INDEX webhook_delivery_aside ON webhook_delivery (webhook_id, due_at) WHERE state = 'aside';
