package main

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

type Server struct {
	addr    string
	timeout time.Duration
	retries int
	logf    func(string, ...any)
	tls     *TLS
}

type TLS struct{ cert, key string }

type Option interface{ apply(*Server) error }

type optionFunc func(*Server) error

func (f optionFunc) apply(s *Server) error { return f(s) }

type Retries int

func (r Retries) apply(s *Server) error {
	if r < 0 {
		return fmt.Errorf("retries: %d is negative", int(r))
	}
	s.retries = int(r)
	return nil
}

func (t TLS) apply(s *Server) error {
	if t.cert == "" {
		return errors.New("tls: no certificate")
	}
	s.tls = &t
	return nil
}

func Timeout(d time.Duration) Option {
	return optionFunc(func(s *Server) error {
		s.timeout = d
		return nil
	})
}

func Log(w *strings.Builder) Option {
	return optionFunc(func(s *Server) error {
		s.logf = func(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
		return nil
	})
}

type all []Option

func (a all) apply(s *Server) error {
	var errs []error
	for _, o := range a {
		errs = append(errs, o.apply(s))
	}
	return errors.Join(errs...)
}

func Dev() Option { return all{Timeout(time.Minute), Retries(0)} }

func New(addr string, opts ...Option) (*Server, error) {
	s := &Server{addr: addr, timeout: time.Second, retries: 3, logf: func(string, ...any) {}}
	if err := all(opts).apply(s); err != nil {
		return nil, fmt.Errorf("server %s: %w", addr, err)
	}
	s.logf("server %s, %d retries", s.addr, s.retries)
	return s, nil
}

func main() {
	s, err := New(":80")
	fmt.Println(s.addr, s.timeout, s.retries, s.tls == nil, err)
	var log strings.Builder
	s, err = New(":443", Log(&log), Dev(), TLS{cert: "c", key: "k"}, Retries(7))
	fmt.Println(s.timeout, s.retries, *s.tls, err)
	fmt.Print(log.String())
	_, err = New(":0", Retries(-1), TLS{key: "k"})
	fmt.Println(err)
	s, err = New("x", all{all{Timeout(5), all(nil)}})
	fmt.Println(s.timeout, err, s.logf != nil)
}

// Output:
// :80 1s 3 true <nil>
// 1m0s 7 {c k} <nil>
// server :443, 7 retries
// server :0: retries: -1 is negative
// tls: no certificate
// 5ns <nil> true
