-- Both are JSON, and null for most leads: a list with one number a line pays nothing for them.
ALTER TABLE leads ADD COLUMN other_numbers text;
ALTER TABLE leads ADD COLUMN tries text;
