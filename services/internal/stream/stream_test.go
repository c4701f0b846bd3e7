package stream_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"gateway"
	"gateway/services"
	"gateway/services/internal/stream"
	"gateway/services/servicetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// endless is a body that never ends.
var endless = readFunc(func(p []byte) (int, error) { return len(p), nil })

func TestFeedGivesTheBytes(t *testing.T) {
	want := strings.Repeat("abc", 100_000)
	for name, body := range map[string]io.Reader{
		"memory": strings.NewReader(want), "buffer": bytes.NewBufferString(want), "stream": io.LimitReader(strings.NewReader(want), 1<<30),
	} {
		for _, size := range []int64{-1, int64(len(want))} {
			if size >= 0 {
				body = io.MultiReader(strings.NewReader(want))
			}
			var got []byte
			err := stream.Feed(t.Context(), body, size, func(body io.Reader) (err error) {
				got, err = io.ReadAll(body)
				return err
			})
			if err != nil || string(got) != want {
				t.Errorf("%s, size %d: %d bytes, %v", name, size, len(got), err)
			}
		}
	}
}

func TestFeedEndsWithItsConsumer(t *testing.T) {
	refused := errors.New("refused")
	if err := stream.Feed(t.Context(), endless, -1, func(io.Reader) error { return refused }); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	if err := stream.Feed(t.Context(), endless, -1, func(body io.Reader) error {
		_, err := io.CopyN(io.Discard, body, 200_000)
		return err
	}); err != nil {
		t.Errorf("a consumer that has enough: %v", err)
	}
}

func TestFeedEndsWithItsContext(t *testing.T) {
	for name, body := range map[string]io.Reader{
		"endless": endless,
		// What the Read of a stopped script gives.
		"stopped": readFunc(func([]byte) (int, error) { return 0, nil }),
	} {
		ctx, cancel := context.WithCancel(t.Context())
		reads := 0
		err := stream.Feed(ctx, readFunc(func(p []byte) (int, error) {
			if reads++; reads == 10 {
				cancel()
			}
			return body.Read(p)
		}), -1, func(body io.Reader) error {
			_, err := io.Copy(io.Discard, body)
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestFeedOutlivesAPanic(t *testing.T) {
	var seen error
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was lost")
			}
		}()
		_ = stream.Feed(t.Context(), readFunc(func([]byte) (int, error) { panic("a bug of the script") }), -1, func(body io.Reader) error {
			_, seen = io.ReadAll(body)
			return seen
		})
	}()
	if seen == nil {
		t.Error("the consumer took the panic for the end of the body")
	}
}

func TestFeedRefusesImpossibleCounts(t *testing.T) {
	for _, n := range []int{-1, 1 << 30} {
		if err := stream.Feed(t.Context(), readFunc(func([]byte) (int, error) { return n, nil }), -1, func(body io.Reader) error {
			_, err := io.ReadAll(body)
			return err
		}); err == nil {
			t.Errorf("count %d: no error", n)
		}
	}
}

// source is a driver whose streams are of a test's making.
type source struct{ open func() (io.ReadCloser, error) }

func (source) Ping(context.Context) error { return nil }
func (source) Close() error               { return nil }

func kind(open func() (io.ReadCloser, error)) []services.Kind {
	return []services.Kind{services.NewKind(services.Spec[struct{}]{
		Type: "source", Capability: services.Files,
		Limits: func(struct{}) services.Limits { return services.Limits{Workers: 1} },
		Open: func(context.Context, struct{}, services.Environment) (services.Driver, error) {
			return source{open}, nil
		},
		Handle: func(ctx context.Context, a *services.Actor) any {
			return opener(func() (io.ReadCloser, error) {
				body, _, err := stream.Open(ctx, a, services.Read("open"), func(_ context.Context, s source) (io.ReadCloser, int, error) {
					body, err := s.open()
					return body, 7, err
				})
				return body, err
			})
		},
	})}
}

type opener func() (io.ReadCloser, error)

// closing tells when it was closed.
type closing struct {
	io.Reader
	closed chan struct{}
}

func (c closing) Close() error {
	close(c.closed)
	return nil
}

func open(t *testing.T, body io.Reader) (stream io.ReadCloser, closed chan struct{}) {
	t.Helper()
	closed = make(chan struct{})
	m := servicetest.Start(t, kind(func() (io.ReadCloser, error) { return closing{body, closed}, nil }), "source", t.TempDir(), nil)
	handle, err := m.Open(t.Context(), m.Services()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	stream, err = handle.Value.(opener)()
	if err != nil {
		t.Fatal(err)
	}
	return stream, closed
}

func TestOpenReadsToTheEnd(t *testing.T) {
	want := strings.Repeat("xyz", 100_000)
	body, closed := open(t, strings.NewReader(want))
	got, err := io.ReadAll(body)
	if err != nil || string(got) != want {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	<-closed // without Close
}

func TestOpenGivesErrors(t *testing.T) {
	body, closed := open(t, io.MultiReader(strings.NewReader("abc"), readFunc(func([]byte) (int, error) { return 0, errors.New("broken") })))
	got, err := io.ReadAll(body)
	if string(got) != "abc" || err == nil || gateway.AsError(err).Code != gateway.ErrStorage {
		t.Errorf("got %q, %v", got, err)
	}
	<-closed
	if _, again := body.Read(make([]byte, 1)); again == nil {
		t.Error("the error is forgotten")
	}
}

func TestReadAllIsBounded(t *testing.T) {
	if _, err := stream.ReadAll(strings.NewReader(""), stream.MaxMemory+1); gateway.AsError(err).Code != gateway.ErrPayloadTooLarge {
		t.Errorf("got %v", err)
	}
}
