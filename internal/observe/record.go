package observe

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

// Kind says where a record comes from.
type Kind uint8

// The kinds of records.
const (
	KindRequest Kind = iota // a request was answered
	KindScript              // the handler logged it
	KindOutput              // the script printed it
	KindEvent               // something happened to the endpoint: a new version, an error, a panic
)

var kindNames = [...]string{"request", "script", "output", "event"}

func (k Kind) String() string { return kindNames[k] }

// Request is one answered request.
type Request struct {
	ID       string
	Method   string
	Path     string
	ClientIP string
	Start    time.Time
	Duration time.Duration // until the handler ended and, where it streams, its body
	Status   int
	BytesIn  int64 // of the request's body
	BytesOut int64 // of the response's body
}

// Record is one record of an endpoint's log.
type Record struct {
	Seq       uint64 // numbers the records of one endpoint from 1, without gaps
	Time      time.Time
	Level     slog.Level
	Kind      Kind
	Message   string
	RequestID string      // empty where no request is involved
	Attrs     []slog.Attr // of values without pointers; shared, not to be changed
	Request   *Request    // of a KindRequest
}

// MarshalJSON encodes the record as one flat object; attributes are in "attrs".
func (r Record) MarshalJSON() ([]byte, error) {
	type request struct {
		Method     string  `json:"method"`
		Path       string  `json:"path"`
		Status     int     `json:"status"`
		DurationMS float64 `json:"duration_ms"`
		ClientIP   string  `json:"client_ip,omitempty"`
		BytesIn    int64   `json:"bytes_in"`
		BytesOut   int64   `json:"bytes_out"`
	}
	out := struct {
		Seq       uint64         `json:"seq"`
		Time      time.Time      `json:"time"`
		Level     string         `json:"level"`
		Kind      string         `json:"kind"`
		Message   string         `json:"message"`
		RequestID string         `json:"request_id,omitempty"`
		Attrs     map[string]any `json:"attrs,omitempty"`
		Request   *request       `json:"request,omitempty"`
	}{
		Seq: r.Seq, Time: r.Time, Level: strings.ToLower(r.Level.String()), Kind: r.Kind.String(),
		Message: r.Message, RequestID: r.RequestID,
	}
	for _, a := range r.Attrs {
		if out.Attrs == nil {
			out.Attrs = make(map[string]any, len(r.Attrs))
		}
		out.Attrs[a.Key] = jsonValue(a.Value)
	}
	if q := r.Request; q != nil {
		out.Request = &request{
			Method: q.Method, Path: q.Path, Status: q.Status, ClientIP: q.ClientIP, BytesIn: q.BytesIn, BytesOut: q.BytesOut,
			DurationMS: float64(q.Duration.Microseconds()) / 1000,
		}
	}
	return json.Marshal(out)
}

// jsonValue keeps what JSON has a form for; durations and floats that JSON lacks become text.
func jsonValue(v slog.Value) any {
	switch v.Kind() {
	case slog.KindInt64, slog.KindUint64, slog.KindBool, slog.KindTime:
		return v.Any()
	case slog.KindFloat64:
		if _, err := json.Marshal(v.Float64()); err == nil {
			return v.Float64()
		}
	}
	return v.String()
}

// String formats the record as a line for people.
func (r Record) String() string {
	var b strings.Builder
	b.WriteString(r.Time.Format("2006-01-02T15:04:05.000Z07:00"))
	fmt.Fprintf(&b, " %-5s %s", r.Level, r.Message)
	for _, a := range r.Attrs {
		b.WriteByte(' ')
		b.WriteString(a.Key)
		b.WriteByte('=')
		text := a.Value.String()
		if text == "" || strings.ContainsAny(text, " \t\r\n\"=") {
			text = strconv.Quote(text)
		}
		b.WriteString(text)
	}
	if r.RequestID != "" {
		b.WriteString(" request_id=" + r.RequestID)
	}
	return b.String()
}

// entry is the stored form of a record, kept small: a log has thousands.
type entry struct {
	seq       uint64
	time      int64 // Unix time in nanoseconds
	duration  time.Duration
	bytesIn   int64
	bytesOut  int64
	message   string // the path of a request
	method    string
	clientIP  string
	requestID string
	attrs     []slog.Attr
	status    int16
	level     int8
	kind      Kind
}

// entryBytes is the size of an entry without its texts.
const entryBytes = 152

// size is what the entry costs in memory, roughly.
func (e *entry) size() int64 {
	n := entryBytes + len(e.message) + len(e.clientIP) + len(e.requestID)
	for i := range e.attrs {
		n += 40 + len(e.attrs[i].Key)
		if e.attrs[i].Value.Kind() == slog.KindString {
			n += len(e.attrs[i].Value.String())
		}
	}
	return int64(n)
}

func (e *entry) record() Record {
	r := Record{
		Seq: e.seq, Time: time.Unix(0, e.time), Level: slog.Level(e.level), Kind: e.kind,
		Message: e.message, RequestID: e.requestID, Attrs: e.attrs,
	}
	if e.kind == KindRequest {
		r.Request = &Request{
			ID: e.requestID, Method: e.method, Path: e.message, ClientIP: e.clientIP, Start: r.Time, Duration: e.duration,
			Status: int(e.status), BytesIn: e.bytesIn, BytesOut: e.bytesOut,
		}
		r.Message = fmt.Sprintf("%s %s %d %s", e.method, e.message, e.status, e.duration.Round(time.Microsecond))
	}
	return r
}
