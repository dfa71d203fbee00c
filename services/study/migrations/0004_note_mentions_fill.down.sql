-- What 0004 added is derived and stays right while 0003 is there; going below 0003 drops it.
SELECT 1;
