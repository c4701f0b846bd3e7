// Package handler receives webhooks: it checks the signature, finds out what kind of
// event came, and does what that kind needs.
//
//	gateway deploy examples/webhook/handler.go --route "POST /webhook"
//	body='{"type": "push", "id": "e1", "data": {"branch": "main", "commits": ["c1", "c2"]}}'
//	curl -X POST http://localhost:9080/webhook -d "$body" \
//	  -H "X-Signature: sha256=$(printf %s "$body" | openssl dgst -sha256 -hmac example -r | cut -d' ' -f1)"
package handler

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gateway"
)

// Event is what can come. The types that it can be are Push, Release and Ping.
type Event interface {
	// Summary says in one line what happened.
	Summary() string
}

// Push is new commits on a branch.
type Push struct {
	Branch  string   `json:"branch"`
	Commits []string `json:"commits"`
	Forced  bool     `json:"forced,omitempty"`
}

func (p *Push) Summary() string {
	return fmt.Sprintf("%d commits on %s", len(p.Commits), p.Branch)
}

// Release is a published version.
type Release struct {
	Version string `json:"version"`
	Draft   bool   `json:"draft"`
}

func (r Release) Summary() string { return "version " + r.Version }

// Ping is the sender's test.
type Ping struct{}

func (Ping) Summary() string { return "ping" }

// kinds make the value that the data of an event is read into.
var kinds = map[string]func() Event{
	"push":    func() Event { return new(Push) },
	"release": func() Event { return new(Release) },
	"ping":    func() Event { return new(Ping) },
}

// Envelope is around every event.
type Envelope struct {
	ID    string
	Event Event
}

// UnmarshalJSON reads the data into the type that the envelope names.
func (e *Envelope) UnmarshalJSON(text []byte) error {
	var raw struct {
		ID   string          `json:"id"`
		Type string          `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	event, ok := kinds[raw.Type]
	if !ok {
		return &UnknownTypeError{raw.Type}
	}
	e.ID, e.Event = raw.ID, event()
	if len(raw.Data) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw.Data, e.Event); err != nil {
		return fmt.Errorf("data of %s: %w", raw.Type, err)
	}
	return nil
}

// UnknownTypeError is an event of a type that this handler does not know.
type UnknownTypeError struct{ Type string }

func (e *UnknownTypeError) Error() string { return fmt.Sprintf("event type %q is not known", e.Type) }

var errSignature = errors.New("the signature does not fit the body")

// verify checks a signature such as "sha256=2fd4…".
func verify(secret, signature string, body []byte) error {
	sent, err := hex.DecodeString(strings.TrimPrefix(signature, "sha256="))
	if err != nil {
		return errors.Join(errSignature, err)
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	if !hmac.Equal(mac.Sum(nil), sent) {
		return errSignature
	}
	return nil
}

// Handle takes one event.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	secret := cmp.Or(ctx.Env("WEBHOOK_SECRET"), "example")
	if err := verify(secret, req.Header("X-Signature"), req.Body); err != nil {
		return nil, gateway.ErrUnauthorized.Wrap(err, errSignature.Error())
	}
	var envelope Envelope
	err := json.Unmarshal(req.Body, &envelope)
	if unknown, ok := errors.AsType[*UnknownTypeError](err); ok {
		// Taken, so that the sender does not send it again.
		return gateway.Accepted(map[string]any{"ignored": unknown.Type}), nil
	}
	if err != nil {
		return nil, gateway.ErrBadRequest.Wrap(err, err.Error())
	}
	answer := struct {
		ID      string   `json:"id"`
		Summary string   `json:"summary"`
		Actions []string `json:"actions,omitempty"`
	}{ID: envelope.ID, Summary: envelope.Event.Summary()}
	switch e := envelope.Event.(type) {
	case *Push:
		for i := range e.Commits {
			answer.Actions = append(answer.Actions, "build "+e.Commits[len(e.Commits)-1-i])
		}
		if e.Forced {
			answer.Actions = append(answer.Actions, "warn the owners of "+e.Branch)
		}
	case *Release:
		if !e.Draft {
			answer.Actions = append(answer.Actions, "announce "+e.Version)
		}
	}
	return gateway.OK(answer), nil
}
