-- What was heard of whoever answered. An attempt for no agent has an empty queue_id.
ALTER TABLE attempts ADD COLUMN verdict {{text}};
ALTER TABLE attempts ADD COLUMN verdict_cause text;
ALTER TABLE attempts ADD COLUMN verdict_at bigint;
ALTER TABLE attempts ADD COLUMN pressed_key text;
