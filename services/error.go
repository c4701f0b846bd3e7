package services

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"gateway"
)

// connectionError says that a connection failed and how far the operation was.
type connectionError struct {
	err  error
	sent bool // the backend may have received and carried out the operation
}

func (e *connectionError) Error() string { return e.err.Error() }
func (e *connectionError) Unwrap() error { return e.err }

// Unreachable marks an error of a driver: the backend could not be reached, and
// nothing was sent. The actor may repeat the operation.
func Unreachable(err error) error { return mark(err, false) }

// Lost marks an error of a driver: the connection broke, and the backend may or
// may not have carried out the operation. The actor repeats only what [Op] calls
// safe.
func Lost(err error) error { return mark(err, true) }

// IsUnreachable reports whether err was marked by [Unreachable].
func IsUnreachable(err error) bool {
	lost, sent := connectionLoss(err)
	return lost && !sent
}

func mark(err error, sent bool) error {
	if err == nil {
		return nil
	}
	return &connectionError{err: err, sent: sent}
}

// connectionLoss tells whether err says that the connection failed, and whether
// something may have been sent before.
func connectionLoss(err error) (lost, sent bool) {
	var e *connectionError
	if errors.As(err, &e) {
		return true, e.sent
	}
	return false, false
}

// cause is an error as its text only. Errors of client libraries carry their
// configuration, passwords included, so they are not passed on as values.
type cause struct {
	text string
	kind error // context.Canceled, context.DeadlineExceeded or nil
}

func (c *cause) Error() string        { return c.text }
func (c *cause) Is(target error) bool { return c.kind != nil && target == c.kind }

const masked = "********"

// minSecret is the length in bytes from which a secret is replaced in texts;
// texts with a shorter one are withheld.
const minSecret = 4

// scrubber removes secrets from texts.
type scrubber struct {
	replacer *strings.Replacer
	short    []string // too short to be replaced: texts that contain one are withheld
}

func newScrubber(secrets []string) *scrubber {
	var s scrubber
	var forms []string
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		if len(secret) < minSecret {
			s.short = append(s.short, secret)
			continue
		}
		forms = append(forms, secret, url.QueryEscape(secret), url.PathEscape(secret), url.UserPassword("", secret).String()[1:],
			base64.StdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret)))
		if quoted, err := json.Marshal(secret); err == nil {
			forms = append(forms, strings.Trim(string(quoted), `"`))
		}
		quoted := fmt.Sprintf("%q", secret)
		forms = append(forms, quoted[1:len(quoted)-1])
		// Keys have several lines, of which a message may cite one.
		for line := range strings.Lines(secret) {
			if line = strings.TrimSpace(line); len(line) >= 16 && line != secret && !strings.HasPrefix(line, "-----") {
				forms = append(forms, line)
			}
		}
	}
	// Longest first, so that a secret that contains another is replaced whole.
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	forms = slices.Compact(forms)
	pairs := make([]string, 0, 2*len(forms))
	for _, f := range forms {
		pairs = append(pairs, f, masked)
	}
	s.replacer = strings.NewReplacer(pairs...)
	return &s
}

func (s *scrubber) text(text string) string {
	if s == nil {
		return text
	}
	for _, short := range s.short {
		if strings.Contains(text, short) {
			return "(details withheld: they contain a secret)"
		}
	}
	return s.replacer.Replace(text)
}

// error flattens err to its scrubbed text.
func (s *scrubber) error(err error) error {
	if err == nil {
		return nil
	}
	c := &cause{text: s.text(err.Error())}
	for _, kind := range []error{context.DeadlineExceeded, context.Canceled} {
		if errors.Is(err, kind) {
			c.kind = kind
		}
	}
	return c
}

// public turns an error of a driver into the one a handler sees. Codes and
// messages of gateway errors are kept, causes are scrubbed texts.
func (a *Actor) public(err error) error {
	if err == nil {
		return nil
	}
	scrub := a.scrub.Load()
	if lost, sent := connectionLoss(err); lost {
		if sent {
			return gateway.ErrServiceUnavailable.Wrap(scrub.error(err), a.says("the connection was lost; the operation may or may not have been carried out"))
		}
		return gateway.ErrServiceUnavailable.Wrap(scrub.error(err), a.says("cannot be reached"))
	}
	if _, ok := errors.AsType[*crashError](err); ok {
		return gateway.ErrInternal.Wrap(scrub.error(err), a.says("the operation crashed; the service restarts"))
	}
	if e, ok := errors.AsType[*gateway.Error](err); ok {
		if inner := errors.Unwrap(e); inner != nil {
			clean := e.Code.Wrap(scrub.error(inner), scrub.text(e.Message))
			clean.Status = e.Status
			return clean
		}
		clean := *e
		clean.Message = scrub.text(e.Message)
		return &clean
	}
	var c gateway.Code
	switch {
	case errors.As(err, &c):
		return c.Wrap(scrub.error(err), c.Error())
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return gateway.ErrTimeout.Wrap(scrub.error(err), a.says("did not answer in time"))
	default:
		return a.kind.Capability.code().Wrap(scrub.error(err), a.says("the operation failed"))
	}
}

// says begins a message with what it is about.
func (a *Actor) says(format string, args ...any) string {
	return fmt.Sprintf("%s %q: ", a.kind.Capability, a.name) + fmt.Sprintf(format, args...)
}
