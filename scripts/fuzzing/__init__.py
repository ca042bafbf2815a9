"""What the fuzzer is made of: the readers it tries, and mutators that keep a file what it is while they change it."""
