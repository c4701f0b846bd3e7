package stream

import (
	"bytes"
	"io"

	"gateway"
)

// MaxMemory is the largest object or file that is given as a whole, in bytes.
const MaxMemory = 256 << 20

// ReadAll reads a whole stream into memory. size is what it is expected to have,
// or -1. More than [MaxMemory] is gateway.ErrPayloadTooLarge.
func ReadAll(body io.Reader, size int64) ([]byte, error) {
	if size > MaxMemory {
		return nil, tooLarge()
	}
	buffer := bytes.NewBuffer(make([]byte, 0, min(max(size, 0), 1<<20)+bytes.MinRead))
	if _, err := buffer.ReadFrom(io.LimitReader(body, MaxMemory+1)); err != nil {
		return nil, err
	}
	if buffer.Len() > MaxMemory {
		return nil, tooLarge()
	}
	return buffer.Bytes(), nil
}

func tooLarge() error {
	return gateway.ErrPayloadTooLarge.Newf("more than %d MiB are only given as a stream: use Open", MaxMemory>>20)
}
