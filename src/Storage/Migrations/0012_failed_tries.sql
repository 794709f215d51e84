-- Wrong passwords and keys by login and by address, each as a hash: people type passwords where a login belongs.
CREATE TABLE failed_tries (
    subject {{text}} PRIMARY KEY,
    tries integer NOT NULL,
    last_at bigint NOT NULL
);
