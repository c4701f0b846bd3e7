package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type requestID struct{}

type userKey string

var errShutdown = errors.New("shutting down")

type traced struct {
	context.Context
	name string
}

func (t traced) Value(key any) any {
	if key == (requestID{}) {
		return "traced " + t.name
	}
	return t.Context.Value(key)
}

func wait(ctx context.Context) string {
	<-ctx.Done()
	return fmt.Sprint(ctx.Err(), " because ", context.Cause(ctx))
}

func main() {
	root := context.WithValue(context.Background(), requestID{}, 42)
	root = context.WithValue(root, userKey("name"), "ann")
	fmt.Println(root.Value(requestID{}), root.Value(userKey("name")), root.Value("name"), root.Value(struct{}{}))
	parent, cancel := context.WithCancelCause(root)
	child, stop := context.WithCancel(parent)
	defer stop()
	detached := context.WithoutCancel(child)
	cancel(errShutdown)
	cancel(errors.New("ignored"))
	fmt.Println(wait(child), "/", wait(parent))
	fmt.Println(detached.Err(), detached.Value(requestID{}), detached.Done() == nil)
	past, stopPast := context.WithDeadline(root, time.Unix(0, 0))
	defer stopPast()
	_, has := past.Deadline()
	fmt.Println(wait(past), has, errors.Is(past.Err(), context.DeadlineExceeded))
	timed, stopTimed := context.WithTimeoutCause(root, 0, fmt.Errorf("budget: %w", errShutdown))
	defer stopTimed()
	fmt.Println(wait(timed), errors.Is(context.Cause(timed), errShutdown))
	t := traced{root, "t"}
	sub, stopSub := context.WithCancel(t)
	fmt.Println(sub.Value(requestID{}), sub.Value(userKey("name")), sub.Err())
	called := make(chan string, 1)
	unregister := context.AfterFunc(sub, func() { called <- "after func: " + sub.Err().Error() })
	stopSub()
	fmt.Println(<-called, unregister())
	results := make(chan int)
	work, stopWork := context.WithCancel(context.TODO())
	go func() {
		defer close(results)
		for i := 0; ; i++ {
			select {
			case <-work.Done():
				return
			case results <- i:
			}
		}
	}()
	sum := 0
	for v := range results {
		if sum += v; v == 4 {
			stopWork()
			break
		}
	}
	<-work.Done()
	fmt.Println(sum, work.Err())
	fmt.Println(context.Background(), context.TODO())
}

// Output:
// 42 ann <nil> <nil>
// context canceled because shutting down / context canceled because shutting down
// <nil> 42 true
// context deadline exceeded because context deadline exceeded true true
// context deadline exceeded because budget: shutting down true
// traced t ann <nil>
// after func: context canceled false
// 10 context canceled
// context.Background context.TODO
