ALTER TABLE leads ADD COLUMN agent_id {{text}};
ALTER TABLE leads ADD COLUMN priority smallint NOT NULL DEFAULT 0;
ALTER TABLE leads ADD COLUMN call_order integer;
ALTER TABLE leads ADD COLUMN chance double precision;
ALTER TABLE leads ADD COLUMN list {{text}} NOT NULL DEFAULT '';

-- A shelf holds leads that are taken alike; the lowest goes first. Odd ones have answered before and follow the schedule's other column.
--   0, 1: callbacks.  10 to 100 (priority 9 to 0): +0, +1 called again or at a set time, by that time; +2 never called and due since their import.
--   200, 201: held for an agent.
ALTER TABLE leads ADD COLUMN shelf smallint GENERATED ALWAYS AS (
    CASE WHEN agent_id IS NOT NULL THEN 200
         WHEN status = 'Callback' THEN 0
         ELSE 100 - 10 * priority + CASE WHEN attempts = 0 AND next_at <= created_at THEN 2 ELSE 0 END END
    + CASE WHEN attempts_since_answer > 0 THEN 1 ELSE 0 END) {{computed}};

DROP INDEX leads_due;
CREATE INDEX leads_due ON leads (campaign_id, list, shelf, next_at, id) WHERE next_at IS NOT NULL;
-- These hold only leads that have what they are about, so a list without it pays nothing for them.
CREATE INDEX leads_agent ON leads (campaign_id, agent_id, next_at, id) WHERE next_at IS NOT NULL AND agent_id IS NOT NULL;
CREATE INDEX leads_call_order ON leads (campaign_id, list, shelf, call_order, id) WHERE next_at IS NOT NULL AND call_order IS NOT NULL;
CREATE INDEX leads_chance ON leads (campaign_id, list, shelf, chance DESC, id) WHERE next_at IS NOT NULL AND chance IS NOT NULL;
ALTER TABLE leads DROP COLUMN due_class;
