-- The trunk was failing and the number was not reached: nothing is learned of the number from such an attempt.
ALTER TABLE attempts ADD COLUMN trunk_failed {{bool}} NOT NULL DEFAULT false;
