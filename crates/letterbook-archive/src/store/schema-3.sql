-- Format 3: who takes back what people said, and why; absent where nobody was asked.

ALTER TABLE correction ADD COLUMN undoer TEXT;
ALTER TABLE correction ADD COLUMN undone_why TEXT;
ALTER TABLE decision ADD COLUMN undoer TEXT;
ALTER TABLE decision ADD COLUMN undone_why TEXT;
