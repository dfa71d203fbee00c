DROP TABLE deletion_receipts;
DROP TABLE deletions;
