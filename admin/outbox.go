package admin

import (
	"fmt"
	"net/http"
	"strconv"

	"gateway/internal/catalog"
)

// outbox opens the outbox that a request is about.
func (s *Server) outbox(r *http.Request) (Outbox, error) {
	run, v, err := s.service(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return run.Outbox(r.Context(), v.ID)
}

func (s *Server) listOutbox(r *http.Request) (answer, error) {
	p, err := pageOf(r)
	if err != nil {
		return answer{}, err
	}
	box, err := s.outbox(r)
	if err != nil {
		return answer{}, err
	}
	all, err := box.Messages()
	if err != nil {
		return answer{}, err
	}
	from := min(p.Offset, len(all))
	return list(all[from:min(from+p.Limit, len(all))], len(all))
}

// getOutboxMessage answers with a message as it would have been sent.
func (s *Server) getOutboxMessage(w http.ResponseWriter, r *http.Request) error {
	box, err := s.outbox(r)
	if err != nil {
		return err
	}
	data, err := box.Message(r.PathValue("message"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "message/rfc822")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data) // the client is gone: there is nobody to tell
	return nil
}

func (s *Server) deleteOutboxMessage(r *http.Request) (answer, error) {
	box, err := s.outbox(r)
	if err != nil {
		return answer{}, err
	}
	id := r.PathValue("message")
	removed, err := box.Remove(id)
	if err == nil && !removed {
		err = &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("there is no message %q", catalog.Clip(id))}
	}
	return answer{}, err
}
