package program

// synced writes goroutines whose effects do not depend on their order.
func (g *generator) synced() {
	label, n := g.name("sync"), 1+g.n(5)
	t := g.printable()
	T := g.text(t)
	g.line("try(%q, func() {", label)
	switch g.n(9) {
	case 0:
		g.line("var wg sync.WaitGroup\nresults := make([]%s, %d)", T, n)
		g.line("for i := range results {\nwg.Add(1)\ngo func() {\ndefer wg.Done()\nresults[i] = %s\n}()\n}\nwg.Wait()\np(%q, results)", g.literalOnly(t), label)
	case 1:
		g.line("var wg sync.WaitGroup\nvar total, last atomic.Int64")
		g.line("for i := 0; i < %d; i++ {\nj := i * 2\nwg.Go(func() {\ndefer total.Add(int64(i))\ntotal.Add(int64(j))\nfor {\nold := last.Load()\nif old >= int64(i) || last.CompareAndSwap(old, int64(i)) {\nbreak\n}\n}\n})\n}\nwg.Wait()", n)
		g.line("p(%q, total.Load(), last.Load())", label)
	case 2:
		g.line("var once sync.Once\nfor i := range %d {\nonce.Do(func() { p(%q, i) })\n}", n, label)
		g.line("f := sync.OnceValue(func() %s { p(%q); return %s })\np(%q, f(), f())", T, label, g.literalOnly(t), label)
	case 3:
		g.line("jobs, done := make(chan int), make(chan [2]int, 20)\nvar wg sync.WaitGroup")
		g.line("for w := range %d {\nwg.Add(1)\ngo func(id int) {\ndefer wg.Done()\nfor j := range jobs {\ndone <- [2]int{j, j * j}\n}\n_ = id\n}(w)\n}", n)
		g.line("for j := range 6 {\njobs <- j\n}\nclose(jobs)\nwg.Wait()\nclose(done)\nsums := map[int]int{}\nfor d := range done {\nsums[d[0]] = d[1]\n}\np(%q, sums)", label)
	case 4:
		g.line("var mu sync.RWMutex\nm := map[int]%s{}\nvar wg sync.WaitGroup", T)
		g.line("for i := range %d {\nwg.Add(2)\ngo func() {\ndefer wg.Done()\nmu.Lock()\ndefer mu.Unlock()\nm[i] = %s\n}()\ngo func() {\ndefer wg.Done()\nmu.RLock()\n_ = m[i]\nmu.RUnlock()\n}()\n}\nwg.Wait()\np(%q, len(m), m[0])", n, g.literalOnly(t), label)
	case 5:
		g.line("ctx, cancel := context.WithCancelCause(context.WithValue(context.Background(), %q, %s))", label, g.literalOnly(t))
		g.line("c := make(chan any)\ngo func() {\nselect {\ncase <-ctx.Done():\nc <- context.Cause(ctx)\n}\n}()\ncancel(errors.New(%q))\np(%q, <-c, ctx.Err(), ctx.Value(%q))", label, label, label)
	case 6:
		g.line("errs := make(chan error, %d)\nfor i := range %d {\ngo func() {\ndefer func() {\nif r := recover(); r != nil {\nerrs <- fmt.Errorf(\"%%d: %%v\", i, r)\n}\n}()\nvar m map[int]int\nif i%%2 == 0 {\nm[i] = 1\n}\nerrs <- nil\n}()\n}", n, n)
		g.line("var all []string\nfor range %d {\nall = append(all, fmt.Sprint(<-errs))\n}\nslices.Sort(all)\np(%q, all)", n, label)
	case 7:
		g.line("out := make(chan %s)\ngo func() {\ndefer close(out)\nfor range %d {\nselect {\ncase out <- %s:\ncase <-time.After(time.Minute):\n}\n}\n}()", T, n, g.literalOnly(t))
		g.line("count := 0\nL:\nfor {\nselect {\ncase v, ok := <-out:\nif !ok {\nbreak L\n}\np(%q, v)\ncount++\ncase <-time.After(time.Minute):\npanic(`late`)\n}\n}\np(%q, count)", label, label)
	case 8:
		g.line("var m sync.Map\nvar pool = sync.Pool{New: func() any { return new(%s) }}\nvar wg sync.WaitGroup", T)
		g.line("for i := range %d {\nwg.Go(func() {\nx := pool.Get().(*%s)\n*x = %s\nm.LoadOrStore(i%%2, *x)\npool.Put(x)\n})\n}\nwg.Wait()\nv, ok := m.Load(0)\np(%q, v, ok)", n, T, g.literalOnly(t), label)
	}
	g.line("})")
}
