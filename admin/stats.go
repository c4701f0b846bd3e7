package admin

import (
	"net/http"

	"gateway/internal/catalog"
	"gateway/internal/observe"
)

// requestStats are numbers of requests since the start.
type requestStats struct {
	Handled   uint64            `json:"requests_handled"`
	InFlight  int64             `json:"requests_in_flight"`
	Rejected  uint64            `json:"requests_rejected"` // because too many were in flight
	ByStatus  map[string]uint64 `json:"requests_by_status"`
	BytesIn   int64             `json:"bytes_in"`
	BytesOut  int64             `json:"bytes_out"`
	LatencyMS latencyView       `json:"latency_ms"`
}

// latencyView has quantiles that are at most as much too high as observe.Latency says.
type latencyView struct {
	Mean float64 `json:"mean"`
	P50  float64 `json:"p50"`
	P90  float64 `json:"p90"`
	P99  float64 `json:"p99"`
}

func viewRequests(st observe.Stats) requestStats {
	v := requestStats{
		Handled: st.Requests, InFlight: st.InFlight, Rejected: st.Rejected, BytesIn: st.BytesIn, BytesOut: st.BytesOut,
		ByStatus: make(map[string]uint64),
		LatencyMS: latencyView{
			Mean: milliseconds(st.Latency.Mean()), P50: milliseconds(st.Latency.Quantile(0.5)),
			P90: milliseconds(st.Latency.Quantile(0.9)), P99: milliseconds(st.Latency.Quantile(0.99)),
		},
	}
	for digit, n := range st.ByStatus {
		if n > 0 {
			v.ByStatus[string(rune('0'+digit))+"xx"] = n
		}
	}
	return v
}

func (s *Server) stats(*http.Request) (answer, error) {
	sum := s.deployer.Summary()
	st := s.observer.Stats()
	return ok(struct {
		EndpointsTotal   int                    `json:"endpoints_total"`
		EndpointsRunning int                    `json:"endpoints_running"` // draining ones too: they answer
		ByStatus         map[catalog.Status]int `json:"endpoints_by_status"`
		requestStats
		Unmatched uint64    `json:"requests_unmatched"`
		Uptime    int64     `json:"uptime_seconds"`
		Instances Instances `json:"instances"`
		Version   string    `json:"version"`
	}{
		sum.Endpoints, sum.ByStatus[catalog.StatusRunning] + sum.ByStatus[catalog.StatusDraining], sum.ByStatus,
		viewRequests(st), st.Unmatched, int64(s.observer.Uptime().Seconds()), sum.Instances, s.version,
	})
}

func (s *Server) endpointStats(r *http.Request) (answer, error) {
	e, err := s.endpoint(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	st := s.statusOf(e)
	var requests observe.Stats
	if known := s.observer.Find(e.ID); known != nil {
		requests = known.Stats()
	}
	return ok(struct {
		ID     string         `json:"id"`
		Name   string         `json:"name"`
		Status catalog.Status `json:"status"`
		requestStats
		Instances Instances `json:"instances"`
	}{e.ID, e.Name, st.Status, viewRequests(requests), st.Instances})
}
