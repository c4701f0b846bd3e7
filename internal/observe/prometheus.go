package observe

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
)

// collector reads the numbers of all endpoints when Prometheus asks. Endpoints without a request are left out, so
// that ten thousand idle ones cost a scrape nothing.
type collector struct{ observer *Observer }

var _ prometheus.Collector = (*collector)(nil)

// The metrics. Endpoints are told apart by id, because names change and may be used again.
var (
	endpointLabels = []string{"endpoint", "endpoint_id"}

	requestsDesc = prometheus.NewDesc("gateway_requests_total",
		"Answered requests by endpoint and class of status.", append(endpointLabels[:2:2], "status"), nil)
	durationDesc = prometheus.NewDesc("gateway_request_duration_seconds",
		"How long requests took, streams included.", endpointLabels, nil)
	inFlightDesc = prometheus.NewDesc("gateway_requests_in_flight",
		"Requests in work.", endpointLabels, nil)
	rejectedDesc = prometheus.NewDesc("gateway_requests_rejected_total",
		"Requests turned away because too many were in flight.", endpointLabels, nil)
	bytesInDesc = prometheus.NewDesc("gateway_request_body_bytes_total",
		"Bytes of request bodies.", endpointLabels, nil)
	bytesOutDesc = prometheus.NewDesc("gateway_response_body_bytes_total",
		"Bytes of response bodies.", endpointLabels, nil)
	unmatchedDesc = prometheus.NewDesc("gateway_unmatched_requests_total",
		"Requests that no endpoint was found for, by class of status.", []string{"status"}, nil)
	logBytesDesc = prometheus.NewDesc("gateway_log_bytes",
		"Memory of the endpoints' logs.", nil, nil)
	uptimeDesc = prometheus.NewDesc("gateway_uptime_seconds",
		"Seconds since the gateway started.", nil, nil)
)

// exported tells which bounds Prometheus is given: 1, 2.5 and 5 of every decade from 100 µs on.
func exported(i int) bool { return i >= 10 && (i%10 == 0 || i%10 == 4 || i%10 == 7) }

func (c *collector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		requestsDesc, durationDesc, inFlightDesc, rejectedDesc, bytesInDesc, bytesOutDesc, unmatchedDesc, logBytesDesc, uptimeDesc,
	} {
		ch <- d
	}
}

func (c *collector) Collect(ch chan<- prometheus.Metric) {
	counter := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v, labels...)
	}
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	for _, e := range c.observer.all() {
		s := e.Stats()
		if s.Requests == 0 && s.InFlight == 0 {
			continue
		}
		name, id := e.Name(), e.id
		for class, n := range s.ByStatus {
			if n > 0 {
				counter(requestsDesc, float64(n), name, id, statusClass(class))
			}
		}
		gauge(inFlightDesc, float64(s.InFlight), name, id)
		counter(rejectedDesc, float64(s.Rejected), name, id)
		counter(bytesInDesc, float64(s.BytesIn), name, id)
		counter(bytesOutDesc, float64(s.BytesOut), name, id)
		ch <- prometheus.MustNewConstHistogram(durationDesc, s.Latency.Count, s.Latency.Sum.Seconds(),
			s.Latency.cumulative(), name, id)
	}
	for class := range c.observer.unmatched {
		if n := c.observer.unmatched[class].Load(); n > 0 {
			counter(unmatchedDesc, float64(n), statusClass(class))
		}
	}
	gauge(logBytesDesc, float64(c.observer.shared.used.Load()))
	gauge(uptimeDesc, c.observer.Uptime().Seconds())
}

func statusClass(digit int) string {
	if digit == 0 {
		return "other"
	}
	return strconv.Itoa(digit) + "xx"
}

// cumulative gives for the exported bounds, in seconds, how many durations did not exceed them.
func (l *Latency) cumulative() map[float64]uint64 {
	out := make(map[float64]uint64)
	seen := uint64(0)
	for i, bound := range bounds {
		seen += l.buckets[i]
		if exported(i) {
			out[bound.Seconds()] = seen
		}
	}
	return out
}
