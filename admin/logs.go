package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"gateway/internal/catalog"
	"gateway/internal/observe"
)

const (
	maxRecords     = 10_000           // of a log in one answer
	defaultRecords = 100              // where nothing is said
	keepAlive      = 15 * time.Second // between signs of life in a stream
	streamWrite    = 10 * time.Second // for a stream's client to take what it is sent
)

// logs answers with the last records of an endpoint's log, oldest first, or with a stream where the client takes one.
func (s *Server) logs(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		s.streamLogs(w, r)
		return
	}
	log, limit, err := s.logOf(r, defaultRecords)
	if err != nil {
		s.writeError(w, r, err)
		return
	}
	records := log.Recent(limit)
	a, _ := list(records, len(records)) // list does not fail
	s.writeAnswer(w, r, a)
}

// logOf finds the log that a request is about, and how many records it asks for.
func (s *Server) logOf(r *http.Request, otherwise int) (*observe.Endpoint, int, error) {
	q, err := parameters(r, "limit")
	if err != nil {
		return nil, 0, err
	}
	limit, err := recordLimit(q, otherwise)
	if err != nil {
		return nil, 0, err
	}
	e, err := s.endpoint(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, 0, err
	}
	return s.observer.Endpoint(e.ID, e.Name), limit, nil
}

func recordLimit(q url.Values, otherwise int) (int, error) {
	limit, err := number(q, "limit", otherwise)
	if err == nil && (limit < 0 || limit > maxRecords) {
		err = &catalog.Error{Code: catalog.CodeInvalid, Field: "limit", Message: fmt.Sprintf("limit must be between 0 and %d", maxRecords)}
	}
	return limit, err
}

// streamLogs sends an endpoint's log as server-sent events: the last records, as many as limit says (none where it
// says nothing), then new ones as they are written. An event "log" has a record, "lost" the number of records that
// this client was too slow for, "end" the end of the log.
func (s *Server) streamLogs(w http.ResponseWriter, r *http.Request) {
	log, limit, err := s.logOf(r, 0)
	var records *observe.Subscription
	if err == nil {
		records, err = log.Follow(limit)
		if errors.Is(err, observe.ErrTooManyFollowers) {
			err = &catalog.Error{Code: catalog.CodeTooManyRequests, Message: err.Error()}
		} else if errors.Is(err, observe.ErrEnded) {
			err = &catalog.Error{Code: catalog.CodeUnavailable, Message: err.Error()}
		}
	}
	if err != nil {
		s.writeError(w, r, err)
		return
	}
	defer records.Close()
	stream := &eventStream{w: w, control: http.NewResponseController(w)}
	_ = stream.control.SetReadDeadline(time.Time{}) // of a request that has been read
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // for proxies that collect answers
	w.WriteHeader(http.StatusOK)

	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.life, cancel)()
	err = stream.send(": the log of "+url.PathEscape(log.Name())+"\n\n", nil)
	for err == nil {
		err = s.sendNext(ctx, stream, records)
	}
	if errors.Is(err, observe.ErrEnded) {
		_ = stream.send("event: end\ndata: {}\n\n", nil)
	}
}

// sendNext waits for a record and sends it, or a sign of life when there is none for a while.
func (s *Server) sendNext(ctx context.Context, stream *eventStream, records *observe.Subscription) error {
	wait, cancel := context.WithTimeout(ctx, keepAlive)
	defer cancel()
	record, lost, err := records.Next(wait)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return stream.send(": still here\n\n", nil)
	case err != nil:
		return err
	}
	if lost > 0 {
		if err := stream.send(fmt.Sprintf("event: lost\ndata: {\"records\":%d}\n\n", lost), nil); err != nil {
			return err
		}
	}
	data, err := json.Marshal(record)
	if err != nil {
		return err
	}
	return stream.send(fmt.Sprintf("id: %d\nevent: log\ndata: ", record.Seq), append(data, "\n\n"...))
}

// eventStream sends server-sent events, each at once.
type eventStream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	buf     bytes.Buffer
}

// send writes an event and gives up on a client that does not take it.
func (e *eventStream) send(head string, data []byte) error {
	e.buf.Reset()
	e.buf.WriteString(head)
	e.buf.Write(data)
	_ = e.control.SetWriteDeadline(time.Now().Add(streamWrite))
	if _, err := e.w.Write(e.buf.Bytes()); err != nil {
		return err
	}
	return e.control.Flush()
}
