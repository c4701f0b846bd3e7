package admin

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode"

	"gateway/internal/catalog"
)

const (
	keepReplies = 24 * time.Hour
	maxIdemKey  = 255 // bytes of an Idempotency-Key
)

// replies are the idempotency keys whose requests are being worked on.
type replies struct {
	mu   sync.Mutex // guards held
	held map[string]bool
}

// take marks a key as being worked on, unless it is.
func (r *replies) take(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held[key] {
		return false
	}
	r.held[key] = true
	return true
}

func (r *replies) free(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.held, key)
}

// replay is the data of an answer that was given before.
type replay struct{ reply catalog.Reply }

// idempotent makes a handler honour Idempotency-Key; see the package comment for what that means.
func (s *Server) idempotent(h handler) handler {
	return func(r *http.Request) (answer, error) {
		key := r.Header.Get("Idempotency-Key")
		if key == "" {
			return h(r)
		}
		if len(key) > maxIdemKey || strings.ContainsFunc(key, func(c rune) bool { return !unicode.IsPrint(c) }) {
			return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "Idempotency-Key", Message: fmt.Sprintf("Idempotency-Key has at most %d printable characters", maxIdemKey)}
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return answer{}, badJSON(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		request := fingerprint(r, body)

		if !s.replies.take(key) {
			return answer{}, &catalog.Error{Code: catalog.CodeConflict, Field: "Idempotency-Key", Message: "the first request with this key is still being worked on", Hint: "try again soon"}
		}
		defer s.replies.free(key)
		reply, err := s.store.Reply(r.Context(), key)
		switch {
		case err == nil && reply.Request != request:
			return answer{}, &catalog.Error{Code: catalog.CodeUnprocessable, Field: "Idempotency-Key", Message: "this key was used for another request", Hint: "use a new key for every request that is not a repetition"}
		case err == nil:
			return answer{status: reply.Status, etag: reply.ETag, data: replay{reply}}, nil
		case catalog.CodeOf(err) != catalog.CodeNotFound:
			return answer{}, err
		}
		a, err := h(r)
		if err != nil {
			return a, err
		}
		s.keep(r, key, request, a)
		return a, nil
	}
}

// keep saves an answer. The change is made whether that works or not, so a failure is only logged.
func (s *Server) keep(r *http.Request, key, request string, a answer) {
	body, err := json.Marshal(a.data)
	if err == nil {
		err = s.store.SaveReply(context.WithoutCancel(r.Context()), catalog.Reply{
			Key: key, Request: request, Status: a.status, ETag: a.etag, Body: body, ExpiresAt: s.now().Add(keepReplies),
		})
	}
	if err != nil {
		s.log.Warn("answer to an idempotent request not kept", "method", r.Method, "path", r.URL.Path, "error", err)
	}
}

// MarshalJSON gives the data as it was.
func (r replay) MarshalJSON() ([]byte, error) { return r.reply.Body, nil }

// fingerprint tells requests apart.
func fingerprint(r *http.Request, body []byte) string {
	h := sha256.New()
	for _, part := range []string{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, r.Header.Get("If-Match")} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}
