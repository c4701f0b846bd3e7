// Command load measures a real gateway over real HTTP: requests per second and
// CPU per request of handlers, interpreted and compiled into a native Fiber server
// side by side, and the time from a save to the first answer of the new code while
// requests go on.
//
//	go run ./integration/load
//	go run ./integration/load -services   # selects by key; see services.sh env for postgres
//	go run ./integration/load -saves 300 -clients 0   # saves that nothing competes with
//	go run ./integration/load -deaths 10
//	go run ./integration/load -duration 10s -connections 64 -saves 1000
//
// The load generator, the gateway and the native server share the machine, so the
// ratio of two numbers says more than either.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"slices"
	"time"
)

func main() {
	log.SetFlags(0)
	opts := options{}
	flag.DurationVar(&opts.duration, "duration", 5*time.Second, "length of each measurement")
	flag.IntVar(&opts.rounds, "rounds", 3, "measurements of each side, taken in turns")
	flag.IntVar(&opts.connections, "connections", 32, "connections kept open")
	flag.IntVar(&opts.saves, "saves", 1000, "saves of the save-to-live measurement")
	flag.IntVar(&opts.clients, "clients", 4, "clients that make requests during the saves, as fast as they can; 0 for none")
	flag.StringVar(&opts.gateway, "gateway", "", "gateway `binary`; built where empty")
	flag.StringVar(&opts.handler, "handler", "", "measure only the handler of this `name`, and no saves")
	flag.BoolVar(&opts.services, "services", false, "measure selects by key on sqlite, and on the postgres of the environment, and nothing else")
	flag.IntVar(&opts.deaths, "deaths", 0, "kill the serving process so many times, measure how long nobody answers, and nothing else")
	native := flag.String("native", "", "serve the native handlers on this `address` and do nothing else")
	sqlite := flag.String("sqlite", "", "with -native: serve selects too, from this `file`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if *native != "" {
		log.Fatal(serveNative(*native, *sqlite))
	}
	if err := run(ctx, opts); err != nil {
		log.Fatal("load: ", err)
	}
}

type options struct {
	duration    time.Duration
	rounds      int
	connections int
	saves       int
	clients     int
	gateway     string
	handler     string
	services    bool
	deaths      int
}

func run(ctx context.Context, opts options) error {
	bed, err := newTestbed(ctx, opts.gateway)
	if err != nil {
		return err
	}
	defer bed.close()
	if opts.services {
		fmt.Println(header)
		return compareSelects(ctx, bed, opts)
	}
	if opts.deaths > 0 {
		return deaths(ctx, bed, opts.deaths)
	}
	for _, h := range handlers {
		if opts.handler != "" && h.name != opts.handler {
			continue
		}
		if err := bed.deploy(ctx, h.name, h.method, h.path, h.script); err != nil {
			return err
		}
	}
	fmt.Println(header)
	for _, h := range handlers {
		if opts.handler != "" && h.name != opts.handler {
			continue
		}
		if err := compare(ctx, bed, h, opts); err != nil {
			return err
		}
	}
	if opts.handler != "" {
		return nil
	}
	if err := saveToLive(ctx, bed, opts, "version", versionScript); err != nil {
		return err
	}
	return saveToLive(ctx, bed, opts, "shop", longScript)
}

// header is the first line of a table, see compare and measurement.String.
var header = fmt.Sprintf("%-8s %-12s %12s %12s %10s %10s", "handler", "side", "requests/s", "CPU µs/req", "p50 µs", "p99 µs")

// compare measures the sides in turns, so that a change of the machine's mood meets
// all, and prints the sums: native is Fiber with the handler and nothing else, equipped
// has Fiber's middleware for some of what the gateway does for every request.
func compare(ctx context.Context, bed *testbed, h handler, opts options) error {
	sides := []struct {
		name   string
		server *process
		prefix string
		total  measurement
	}{
		{name: "native", server: bed.native},
		{name: "equipped", server: bed.native, prefix: equippedPrefix},
		{name: "interpreted", server: bed.gateway},
	}
	if h.native == nil {
		sides = slices.Delete(sides, 1, 2)
	}
	for round := range opts.rounds + 1 {
		for i := range sides {
			duration := opts.duration
			if round == 0 {
				duration = time.Second // to warm up
			}
			m, err := measure(ctx, sides[i].server, sides[i].prefix, h, opts.connections, duration)
			if err != nil {
				return fmt.Errorf("%s %s: %w", h.name, sides[i].name, err)
			}
			if round > 0 {
				sides[i].total.add(m)
			}
		}
	}
	for _, s := range sides {
		fmt.Printf("%-8s %-12s %s\n", h.name, s.name, s.total)
	}
	interpreted := sides[len(sides)-1].total
	for _, s := range sides[:len(sides)-1] {
		fmt.Printf("%-8s to %-9s %11.2f× %11.2f×\n", h.name, s.name, interpreted.rate()/s.total.rate(), interpreted.cpuPerRequest()/s.total.cpuPerRequest())
	}
	return nil
}
