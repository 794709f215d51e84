-- How agents spent each quarter of an hour (slice: its number since 1970), in microseconds. agents_counted says up to when an agent's time is in here; each addition begins
-- there and moves it on, in one transaction, so that no time is added twice, whoever tells of it and however often.
CREATE TABLE agent_time (
    slice bigint NOT NULL,
    agent_id {{text}} NOT NULL,
    free bigint NOT NULL,
    ringing bigint NOT NULL,
    talking bigint NOT NULL,
    wrapping_up bigint NOT NULL,
    paused bigint NOT NULL,
    PRIMARY KEY (slice, agent_id)
);

-- Of paused, the parts that have a reason.
CREATE TABLE agent_pauses (
    slice bigint NOT NULL,
    agent_id {{text}} NOT NULL,
    reason {{text}} NOT NULL,
    paused bigint NOT NULL,
    PRIMARY KEY (slice, agent_id, reason)
);

CREATE TABLE agents_counted (
    agent_id {{text}} PRIMARY KEY,
    until bigint NOT NULL
);
CREATE INDEX agents_counted_until ON agents_counted (until);
