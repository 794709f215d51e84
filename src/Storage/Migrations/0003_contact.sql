-- Null: for ever.
ALTER TABLE do_not_call ADD COLUMN expires_at bigint;

-- Why a lead that was due was put off, as long as its next time is still the one that it was put off to.
ALTER TABLE leads ADD COLUMN put_off_until bigint;
ALTER TABLE leads ADD COLUMN put_off_because text;
CREATE INDEX leads_put_off ON leads (campaign_id, id) WHERE put_off_because IS NOT NULL;
