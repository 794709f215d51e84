-- The activation that places the campaign's calls: the one that took the newest epoch.
CREATE TABLE campaign_owners (
    campaign_id {{text}} PRIMARY KEY,
    epoch bigint NOT NULL
);
