package mail

import (
	"context"

	"gateway/services"
)

// Transport is what a driver does with a mail that was composed. It may be called
// by several goroutines at once, and gives up when ctx ends.
type Transport interface {
	deliver(ctx context.Context, e envelope, data []byte) error
	identity() Identity
	// admit counts a message against the rate limit.
	admit() error
	// limit is the largest message in bytes.
	limit() int
	services.Driver
}
