CREATE TABLE config (
    kind {{text}} NOT NULL,
    id {{text}} NOT NULL,
    name {{text}} NOT NULL,
    name_key {{text}} NOT NULL,
    group_id {{text}},
    body text NOT NULL,
    version bigint NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (kind, id),
    UNIQUE (kind, name_key)
);

CREATE TABLE campaign_status (
    campaign_id {{text}} PRIMARY KEY,
    status {{text}} NOT NULL,
    started_at bigint,
    changed_at bigint NOT NULL
);

-- due_class: 0 and 1 are callbacks, which go first; odd ones have answered before and follow the schedule's other column.
CREATE TABLE leads (
    id {{identity}},
    campaign_id {{text}} NOT NULL,
    number {{text}} NOT NULL,
    status {{text}} NOT NULL,
    attempts integer NOT NULL,
    attempts_since_answer integer NOT NULL,
    next_at bigint,
    last_outcome {{text}},
    last_attempt_at bigint,
    created_at bigint NOT NULL,
    data text,
    excluded_because text,
    due_class smallint GENERATED ALWAYS AS (
        CASE WHEN status = 'Callback' THEN 0 ELSE 2 END + CASE WHEN attempts_since_answer > 0 THEN 1 ELSE 0 END) STORED,
    UNIQUE (campaign_id, number)
);
CREATE INDEX leads_due ON leads (campaign_id, due_class, next_at, id) WHERE next_at IS NOT NULL;

-- Kept in the transactions that change leads. Shards keep concurrent writers from waiting for each other.
CREATE TABLE lead_counts (
    campaign_id {{text}} NOT NULL,
    status {{text}} NOT NULL,
    shard smallint NOT NULL,
    leads bigint NOT NULL,
    leads_left bigint NOT NULL,
    PRIMARY KEY (campaign_id, status, shard)
);

CREATE TABLE attempts (
    id {{text}} PRIMARY KEY,
    campaign_id {{text}} NOT NULL,
    lead_id bigint NOT NULL,
    number {{text}} NOT NULL,
    server_id {{text}} NOT NULL,
    trunk_id {{text}} NOT NULL,
    queue_id {{text}} NOT NULL,
    caller_id text,
    at bigint NOT NULL,
    attempt_number integer NOT NULL,
    attempts_since_answer integer NOT NULL,
    lead_status_before {{text}} NOT NULL,
    ringing_at bigint,
    answered_at bigint,
    bridged_at bigint,
    ended_at bigint,
    outcome {{text}},
    cause integer,
    sip_code integer,
    dial_status text,
    reason_text text,
    agent_id {{text}},
    abandoned {{bool}} NOT NULL
);
-- A number is in one call at a time, whoever dials.
CREATE UNIQUE INDEX attempts_open_number ON attempts (number) WHERE ended_at IS NULL;
CREATE INDEX attempts_open_server ON attempts (server_id) WHERE ended_at IS NULL;
CREATE INDEX attempts_open_campaign ON attempts (campaign_id) WHERE ended_at IS NULL;
CREATE INDEX attempts_time ON attempts (at, id);
CREATE INDEX attempts_campaign_time ON attempts (campaign_id, at, id);
CREATE INDEX attempts_campaign_ended ON attempts (campaign_id, ended_at, outcome) WHERE ended_at IS NOT NULL;
CREATE INDEX attempts_number_time ON attempts (number, at, id);
CREATE INDEX attempts_agent_time ON attempts (agent_id, at, id) WHERE agent_id IS NOT NULL;

-- campaign_id is empty for the list that holds for all campaigns.
CREATE TABLE do_not_call (
    number {{text}} NOT NULL,
    campaign_id {{text}} NOT NULL,
    reason text,
    added_by text,
    added_at bigint NOT NULL,
    PRIMARY KEY (number, campaign_id)
);

CREATE TABLE user_secrets (
    user_id {{text}} PRIMARY KEY,
    password_hash text,
    security_stamp text NOT NULL,
    failed_sign_ins integer NOT NULL,
    locked_until bigint
);

CREATE TABLE api_keys (
    id {{text}} PRIMARY KEY,
    user_id {{text}} NOT NULL,
    name text NOT NULL,
    hash {{text}} NOT NULL UNIQUE,
    created_at bigint NOT NULL,
    last_used_at bigint,
    expires_at bigint,
    revoked_at bigint
);
CREATE INDEX api_keys_user ON api_keys (user_id);

CREATE TABLE audit (
    id {{identity}},
    at bigint NOT NULL,
    user_id {{text}},
    address text,
    action {{text}} NOT NULL,
    kind {{text}},
    target_id {{text}},
    detail text
);
CREATE INDEX audit_target ON audit (kind, target_id, id);
CREATE INDEX audit_user ON audit (user_id, id);

CREATE TABLE idempotency (
    user_id {{text}} NOT NULL,
    key {{text}} NOT NULL,
    request_hash text NOT NULL,
    status_code integer,
    body text,
    at bigint NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_time ON idempotency (at);

CREATE TABLE grain_state (
    type {{text}} NOT NULL,
    key {{text}} NOT NULL,
    etag bigint NOT NULL,
    body text NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (type, key)
);
