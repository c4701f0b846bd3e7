package gateway_test

import (
	"errors"
	"fmt"
	"time"

	"gateway"
)

func ExampleContext_Cache() {
	withServices(func(ctx *gateway.Context) {
		cache := ctx.Cache("sessions")
		if err := cache.Set("session:42", map[string]string{"user": "ada"}, time.Hour); err != nil {
			fmt.Println(err)
			return
		}
		var session struct{ User string }
		found, err := cache.GetJSON("session:42", &session)
		fmt.Println(found, session.User, err)
		_, found, err = cache.Get("session:43")
		fmt.Println(found, err)
	})
	// Output:
	// true ada <nil>
	// false <nil>
}

func ExampleCache_remember() {
	withServices(func(ctx *gateway.Context) {
		users := func() (string, error) {
			return ctx.Cache("sessions").Remember("users", 5*time.Minute, func() (any, error) {
				fmt.Println("asking the database")
				return ctx.Database("main").Query("SELECT name FROM users ORDER BY id")
			})
		}
		for range 2 {
			fmt.Println(users())
		}
	})
	// Output:
	// asking the database
	// [{"name":"Ada"},{"name":"Grace"}] <nil>
	// [{"name":"Ada"},{"name":"Grace"}] <nil>
}

// At most a hundred requests a minute from each client.
func ExampleCache_incr() {
	limit := func(ctx *gateway.Context, client string) error {
		cache := ctx.Cache("sessions")
		n, err := cache.Incr("rate:" + client)
		if err != nil {
			return err
		}
		if n == 1 {
			if _, err := cache.Expire("rate:"+client, time.Minute); err != nil {
				return err
			}
		}
		if n > 100 {
			return gateway.ErrTooManyRequests
		}
		return nil
	}
	withServices(func(ctx *gateway.Context) {
		var err error
		for range 101 {
			err = limit(ctx, "192.0.2.1")
		}
		fmt.Println(err)
	})
	// Output: too many requests
}

func ExampleCache_setNX() {
	withServices(func(ctx *gateway.Context) {
		cache := ctx.Cache("sessions")
		for range 2 {
			first, err := cache.SetNX("job:nightly", "running", time.Minute)
			fmt.Println(first, err)
		}
	})
	// Output:
	// true <nil>
	// false <nil>
}

func ExampleRedis() {
	withServices(func(ctx *gateway.Context) {
		// "sessions" is a memory service here, which has no lists.
		_, err := ctx.Cache("sessions").Redis().LPush("jobs", "first")
		fmt.Println(errors.Is(err, gateway.ErrUnsupported))
	})
	// Output: true
}
