package servicetest

import (
	"bytes"
	"context"
	"io"
	"sync"
	"testing"
)

// blobs is what files and storage have alike.
type blobs interface {
	Put(name string, data []byte) error
	Get(name string) ([]byte, error)
}

// concurrently writes one blob from several sides and expects every read of it whole.
func concurrently(t *testing.T, b blobs, rounds int) {
	name := folder(t) + "shared"
	must(t, b.Put(name, bytes.Repeat([]byte("z"), 50_000)), "put")
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			data := bytes.Repeat([]byte{byte('a' + i)}, 50_000+i)
			for range rounds {
				if err := b.Put(name, data); err != nil {
					t.Errorf("put: %v", err)
				}
			}
		})
		all.Go(func() {
			for range 2 * rounds {
				got, err := b.Get(name)
				if err != nil {
					t.Errorf("get: %v", err)
					return
				}
				if len(got) < 50_000 || bytes.Count(got, got[:1]) != len(got) {
					t.Errorf("got a mixture of %d bytes", len(got))
				}
			}
		})
	}
	all.Wait()
}

// held leaves streams of a blob open and expects what serves them back when the request
// is over, so that it can be opened as many times again. open gives a request's handle.
func held(t *testing.T, size, again int, open func(context.Context) (blobs, func(name string) (io.ReadCloser, error))) {
	ctx, end := context.WithCancel(within(t))
	b, stream := open(ctx)
	name := folder(t) + "file"
	must(t, b.Put(name, bytes.Repeat([]byte("x"), size)), "put")
	var bodies []io.ReadCloser
	for range 3 {
		body, err := stream(name)
		must(t, err, "open")
		bodies = append(bodies, body)
	}
	end()
	for _, body := range bodies {
		if _, err := io.Copy(io.Discard, body); err == nil {
			t.Error("a stream goes on after its request")
		}
	}
	if _, err := b.Get(name); err == nil {
		t.Error("a handle works after its request")
	}
	_, stream = open(within(t))
	for range again {
		body, err := stream(name)
		must(t, err, "open again")
		must(t, body.Close(), "close")
	}
}
