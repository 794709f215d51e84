-- The JSON says what was said and what it meant; the id beside it is for reports.
ALTER TABLE attempts ADD COLUMN disposition_id {{text}};
ALTER TABLE attempts ADD COLUMN disposition text;
