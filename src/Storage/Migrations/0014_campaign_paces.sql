-- Why each campaign's pace was what it was: a row for each minute and each change of status, of the last hour of its work.
CREATE TABLE campaign_paces (
    campaign_id {{text}} NOT NULL,
    at bigint NOT NULL,
    moment text NOT NULL,
    PRIMARY KEY (campaign_id, at)
);
