-- The agent whose phone is rung first for this attempt, by name; null where the campaign's config says who is rung.
ALTER TABLE attempts ADD COLUMN for_agent_id {{text}};

-- Leads that are shown to agents. A row whose lead was dialed or changed since (attempts, next_at) is worth nothing.
CREATE TABLE lead_offers (
    lead_id bigint PRIMARY KEY,
    campaign_id {{text}} NOT NULL,
    agent_id {{text}} NOT NULL,
    server_id {{text}} NOT NULL,
    interface {{text}} NOT NULL,
    attempts integer NOT NULL,
    offered_at bigint NOT NULL,
    dial_at bigint NOT NULL
);
CREATE INDEX lead_offers_campaign ON lead_offers (campaign_id);
