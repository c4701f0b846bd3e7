// Package observe is what the gateway knows about the work it does: a log for every endpoint, request counts,
// latencies, and all of it for Prometheus.
//
// # Concepts
//
// An [Observer] is made once and holds one [Endpoint] for every endpoint. Whoever serves a request calls
// [Endpoint.Begin] and, when the request has really ended, [Endpoint.End] with a [Request]: that counts it, puts its
// duration into the histogram and one line into the endpoint's log. Nothing is formatted and nothing is allocated
// then; a [Record] is made from the stored line only when somebody reads the log.
//
// Beside the request lines an endpoint's log holds what its script logs ([Endpoint.Logger]), what it prints
// ([Endpoint.Output]) and what happened to it ([Endpoint.Event]). These go to the gateway's own log too.
//
// # Bounds
//
// A log keeps the last records of its endpoint, bounded in number and in bytes; all logs together share a budget, and
// when that is used up each one makes room in itself. Long messages are cut. A reader that follows a log has a bounded
// queue: when it is too slow it loses records and is told how many.
//
// # Numbers
//
// Counters only grow and are never sampled. Quantiles are read from a histogram whose bounds are 26 % apart, so they
// are at most that much too high.
package observe
