-- Pages of a campaign's leads by id, of one status or merged from several.
CREATE INDEX leads_status ON leads (campaign_id, status, id);

-- With what is asked of answered calls, so that their rows need not be read.
DROP INDEX attempts_campaign_ended;
CREATE INDEX attempts_campaign_ended ON attempts (campaign_id, ended_at, outcome, abandoned) WHERE ended_at IS NOT NULL;
