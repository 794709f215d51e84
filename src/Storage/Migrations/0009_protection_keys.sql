-- What session cookies are made with: one ring of keys for all nodes.
CREATE TABLE protection_keys (
    number integer PRIMARY KEY,
    xml text NOT NULL,
    stored_at bigint NOT NULL
);
