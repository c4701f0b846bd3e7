package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type ctxKey int
type otherKey int
type userKey struct{}

type user struct{ name string }

type myContext struct {
	context.Context
	extra string
}

func (m myContext) Value(k any) any {
	if k == "extra" {
		return m.extra
	}
	return m.Context.Value(k)
}

func main() {
	ctx := context.WithValue(context.Background(), ctxKey(1), "one")
	ctx = context.WithValue(ctx, userKey{}, &user{"ada"})
	fmt.Println(ctx.Value(ctxKey(1)), ctx.Value(ctxKey(2)), ctx.Value(otherKey(1)), ctx.Value(1))
	u, ok := ctx.Value(userKey{}).(*user)
	fmt.Println(u.name, ok)
	my := myContext{ctx, "more"}
	child, cancel := context.WithCancelCause(my)
	fmt.Println(child.Value("extra"), child.Value(ctxKey(1)))
	reason := errors.New("enough")
	stop := context.AfterFunc(child, func() {})
	cancel(reason)
	<-child.Done()
	fmt.Println(child.Err(), context.Cause(child) == reason, stop())
	tctx, cancel2 := context.WithTimeout(ctx, time.Millisecond)
	defer cancel2()
	<-tctx.Done()
	fmt.Println(errors.Is(tctx.Err(), context.DeadlineExceeded), tctx.Value(ctxKey(1)))
}

// Output:
// one <nil> <nil> <nil>
// ada true
// more one
// context canceled true false
// true one
