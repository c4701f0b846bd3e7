package scripts

import (
	"time"

	"gateway"
)

// Clock sends the time every second, three times, as server-sent events:
//
//	curl -N http://localhost:9080/clock
//
//gateway:route GET /clock timeout=10s
func Clock(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	return gateway.Events(func(events *gateway.EventWriter) error {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for range 3 {
			select {
			case now := <-tick.C:
				if err := events.Send(gateway.Event{Name: "time", Data: now.Format(time.RFC3339)}); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
}
