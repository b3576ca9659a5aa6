// Logs: what an operator reads.
//
// A `Logger` is a value that a request carries: it knows the request and the user, and writes one
// line for each message (S3-34, S3-35), as JSON or for a terminal. Lines go to a `LogSink`; the one
// for standard output never waits for whoever reads it, and counts what it had to drop.
//
// `Metrics` is a registry of counters, gauges and histograms in Prometheus' text format. Both are
// made by the program and passed on: several servers may live in one process.
