-- Who may start calls on a server: the activation that took the newest epoch. lease_ms is how long it may go on without asking here again; 0 once it has
-- stopped by itself.
CREATE TABLE server_owners (
    server_id {{text}} PRIMARY KEY,
    epoch bigint NOT NULL,
    node text NOT NULL,
    lease_ms bigint NOT NULL,
    taken_at bigint NOT NULL
);
