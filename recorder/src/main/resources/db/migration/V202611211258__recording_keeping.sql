-- Scope and subject of the policy that kept a segment, such as "vehicle/{id}"; null if it was none.
ALTER TABLE recording_segment ADD COLUMN policy text;
