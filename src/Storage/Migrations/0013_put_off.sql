-- The time that somebody set for the lead's first call; null: nobody did.
ALTER TABLE leads ADD COLUMN dial_at bigint;
UPDATE leads SET dial_at = next_at WHERE status = 'New' AND attempts = 0 AND next_at > created_at AND put_off_until IS NULL;

DROP INDEX leads_due;
DROP INDEX leads_call_order;
DROP INDEX leads_chance;
ALTER TABLE leads DROP COLUMN shelf;

-- As in 0006, and one more shelf, so that being put off costs no lead its place. Priority by priority: +0, +1 called again or at a set time, by that time;
-- +2 never called and due since their import; +4 never called and put off, which go back to +2 once they are due.
ALTER TABLE leads ADD COLUMN shelf smallint GENERATED ALWAYS AS (
    CASE WHEN agent_id IS NOT NULL THEN 200
         WHEN status = 'Callback' THEN 0
         ELSE 100 - 10 * priority
            + CASE WHEN attempts > 0 OR dial_at IS NOT NULL THEN 0 WHEN next_at <= created_at THEN 2 ELSE 4 END END
    + CASE WHEN attempts_since_answer > 0 THEN 1 ELSE 0 END) {{computed}};

CREATE INDEX leads_due ON leads (campaign_id, list, shelf, next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX leads_call_order ON leads (campaign_id, list, shelf, call_order, id) WHERE next_at IS NOT NULL AND call_order IS NOT NULL;
CREATE INDEX leads_chance ON leads (campaign_id, list, shelf, chance DESC, id) WHERE next_at IS NOT NULL AND chance IS NOT NULL;
