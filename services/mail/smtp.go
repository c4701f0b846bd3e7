package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/textproto"
	"strings"
	"time"
	"unicode"

	"github.com/wneessen/go-mail/smtp"
	"golang.org/x/time/rate"

	"gateway"
	"gateway/services"
	"gateway/services/internal/setup"
)

// SMTP hands mail to a server. Every message has a connection of its own.
type SMTP struct {
	config  Config
	tls     *tls.Config
	limiter *rate.Limiter // nil: no limit
	timeout time.Duration
}

var _ Transport = (*SMTP)(nil)

const (
	firstBackoff = 500 * time.Millisecond // doubled with every attempt, ± half of it
	maxBackoff   = 30 * time.Second
)

// OpenSMTP makes the client. It does not connect.
func OpenSMTP(config Config) (*SMTP, error) {
	tlsConfig, err := setup.TLS(config.Host, config.SSLRootCert, config.SSLSkipVerify)
	if err != nil {
		return nil, err
	}
	s := &SMTP{config: config, tls: tlsConfig, timeout: time.Duration(config.TimeoutSeconds) * time.Second}
	if n := config.RateLimitPerMinute; n > 0 {
		s.limiter = rate.NewLimiter(rate.Every(time.Minute/time.Duration(n)), n)
	}
	return s, nil
}

func (s *SMTP) identity() Identity { return s.config.identity() }
func (s *SMTP) limit() int         { return s.config.MaxMessageMB << 20 }

func (s *SMTP) admit() error {
	if s.limiter == nil || s.limiter.Allow() {
		return nil
	}
	return gateway.ErrTooManyRequests.Newf("more than %d mails a minute: try again later", s.config.RateLimitPerMinute)
}

// deliver sends a message, again after a while where the server says that this
// may help.
func (s *SMTP) deliver(ctx context.Context, e envelope, data []byte) error {
	backoff := firstBackoff
	for attempt := 0; ; attempt++ {
		err := s.attempt(ctx, e, data)
		var said *textproto.Error
		if err == nil || !errors.As(err, &said) {
			return err
		}
		if said.Code >= 500 || said.Code < 400 {
			return gateway.ErrEmail.Wrap(err, "the mail server refused the message")
		}
		wait := backoff/2 + rand.N(backoff)
		if end, ok := ctx.Deadline(); attempt == s.config.MaxRetries || ok && time.Until(end) < wait {
			return gateway.ErrServiceUnavailable.Wrap(err, "the mail server does not take the message at the moment")
		}
		backoff = min(2*backoff, maxBackoff)
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

// attempt sends a message once. The errors are the server's word as a
// *textproto.Error, or of the connection.
func (s *SMTP) attempt(ctx context.Context, e envelope, data []byte) error {
	return s.with(ctx, func(client *smtp.Client) error {
		client.SkipSMTPUTF8(!beyondASCII(e))
		if err := client.Mail("<" + e.from + ">"); err != nil {
			return atStep("MAIL", err)
		}
		if err := recipients(client, e.to); err != nil {
			return err
		}
		body, err := client.Data()
		if err != nil {
			return atStep("DATA", err)
		}
		// Without the last line the server forgets what it has got, so body is closed
		// only when all of it is written.
		if _, err := body.Write(data); err != nil {
			return atStep("message", err)
		}
		if err := body.Close(); err != nil {
			if said := new(textproto.Error); errors.As(err, &said) {
				return atStep("message", err)
			}
			return &unconfirmedError{err}
		}
		return nil
	})
}

// unconfirmedError says that a message may have been delivered.
type unconfirmedError struct{ err error }

func (e *unconfirmedError) Error() string {
	return "the server did not confirm the message: " + e.err.Error()
}
func (e *unconfirmedError) Unwrap() error { return e.err }

// recipients names all recipients. A message goes to all of them or to none.
func recipients(client *smtp.Client, to []string) error {
	var errs []error
	permanent := false
	for _, address := range to {
		err := client.Rcpt("<" + address + ">")
		if err == nil {
			continue
		}
		said := new(textproto.Error)
		if !errors.As(err, &said) {
			return atStep("RCPT", err)
		}
		err = atStep("RCPT", err)
		if said.Code >= 500 && !permanent {
			permanent = true
			errs = append([]error{err}, errs...) // the first decides what is done
			continue
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func beyondASCII(e envelope) bool {
	for _, address := range append([]string{e.from}, e.to...) {
		if strings.ContainsFunc(address, func(r rune) bool { return r > unicode.MaxASCII }) {
			return true
		}
	}
	return false
}

// atStep says what the client was about. Nothing was delivered: an error of the
// connection allows for another try.
func atStep(step string, err error) error {
	err = fmt.Errorf("%s: %w", step, err)
	if said := new(textproto.Error); errors.As(err, &said) {
		return err
	}
	return services.Unreachable(err)
}

// with connects, logs in, runs fn and closes the connection.
func (s *SMTP) with(ctx context.Context, fn func(client *smtp.Client) error) (err error) {
	connecting, done := context.WithTimeout(ctx, s.timeout)
	defer done()
	raw, err := new(net.Dialer).DialContext(connecting, "tcp", s.config.address())
	if err != nil {
		return s.ended(ctx, services.Unreachable(err))
	}
	defer raw.Close()
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	var conn net.Conn = &patient{Conn: raw, timeout: s.timeout}
	if s.config.Encryption == TLS {
		conn = tls.Client(conn, s.tls)
	}
	client, err := smtp.NewClient(conn, s.config.Host)
	if err != nil {
		return s.ended(ctx, atStep("greeting", err))
	}
	if err := s.login(client); err != nil {
		return s.ended(ctx, err)
	}
	if err := fn(client); err != nil {
		return s.ended(ctx, err)
	}
	_ = client.Quit() // the message is the server's now, whatever it says
	return nil
}

// ended gives the error for the actor. At the end of ctx the connection is closed,
// which is no fault of the server; but a message that may have been delivered
// remains one.
func (s *SMTP) ended(ctx context.Context, err error) error {
	if unconfirmed := new(unconfirmedError); errors.As(err, &unconfirmed) {
		return services.Lost(err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func (s *SMTP) login(client *smtp.Client) error {
	if err := client.Hello(s.config.helloName()); err != nil {
		return atStep("EHLO", err)
	}
	if s.config.Encryption == StartTLS {
		if ok, _ := client.Extension("STARTTLS"); !ok {
			return gateway.ErrServiceUnavailable.New("the mail server does not offer STARTTLS: set encryption to tls or none")
		}
		if err := client.StartTLS(s.tls); err != nil {
			return atStep("STARTTLS", err)
		}
	}
	auth, err := s.config.auth(client)
	if err != nil || auth == nil {
		return err
	}
	if err := client.Auth(auth); err != nil {
		err = atStep("AUTH", err)
		if said := new(textproto.Error); errors.As(err, &said) && said.Code >= 500 {
			return gateway.ErrServiceUnavailable.Wrap(err, "the mail server refused the login")
		}
		return err
	}
	return nil
}

// Ping implements [services.Driver]: it logs in.
func (s *SMTP) Ping(ctx context.Context) error {
	return s.with(ctx, func(client *smtp.Client) error {
		if err := client.Noop(); err != nil {
			return atStep("NOOP", err)
		}
		return nil
	})
}

// Close implements [services.Driver].
func (s *SMTP) Close() error { return nil }

// patient is a connection on which every read and write may take timeout.
type patient struct {
	net.Conn
	timeout time.Duration
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.Conn.SetReadDeadline(time.Now().Add(p.timeout)); err != nil {
		return 0, err
	}
	return p.Conn.Read(b)
}

func (p *patient) Write(b []byte) (int, error) {
	if err := p.Conn.SetWriteDeadline(time.Now().Add(p.timeout)); err != nil {
		return 0, err
	}
	return p.Conn.Write(b)
}
