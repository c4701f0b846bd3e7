package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

type session struct {
	user  string
	views int
}

type token string

type Sessions struct{ m sync.Map }

func (s *Sessions) Open(t token, user string) (*session, bool) {
	v, loaded := s.m.LoadOrStore(t, &session{user: user})
	return v.(*session), loaded
}

func (s *Sessions) Close(t token) (user string, ok bool) {
	v, ok := s.m.LoadAndDelete(t)
	if !ok {
		return
	}
	return v.(*session).user, true
}

func (s *Sessions) All() map[token]string {
	out := map[token]string{}
	s.m.Range(func(k, v any) bool {
		out[k.(token)] = fmt.Sprint(v.(*session).user, v.(*session).views)
		return true
	})
	return out
}

type buffer struct {
	bytes.Buffer
	uses int
}

type renderer struct {
	pool sync.Pool
	made int
	mu   sync.Mutex
}

func newRenderer() *renderer {
	r := &renderer{}
	r.pool.New = func() any {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.made++
		return new(buffer)
	}
	return r
}

func (r *renderer) render(words ...string) string {
	b := r.pool.Get().(*buffer)
	defer r.pool.Put(b)
	b.Reset()
	b.uses++
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ToUpper(w))
	}
	return b.String()
}

func main() {
	var s Sessions
	a, loaded := s.Open("t1", "ann")
	again, loadedAgain := s.Open("t1", "eve")
	fmt.Println(a.user, loaded, again == a, loadedAgain)
	a.views += 3
	s.Open("t2", "bob")
	_, ok := s.m.Load("t1")
	fmt.Println(ok, s.All())
	fmt.Println(s.Close("t1"))
	fmt.Println(s.Close("t1"))
	s.m.Store(7, "another kind of key")
	prev, swapped := s.m.Swap(7, []int{1})
	fmt.Println(prev, swapped)
	s.m.Delete(7)
	fmt.Println(s.m.CompareAndSwap(token("t2"), nil, 1), slices.Collect(maps.Keys(s.All())))
	s.m.Clear()
	fmt.Println(len(s.All()))
	r := newRenderer()
	var wg sync.WaitGroup
	outs := make([]string, 5)
	for i := range outs {
		wg.Go(func() { outs[i] = r.render("job", fmt.Sprint(i)) })
	}
	wg.Wait()
	fmt.Println(outs, r.made >= 1 && r.made <= 5)
	var empty sync.Pool
	fmt.Println(empty.Get())
	var counts sync.Map
	for w := range strings.FieldsSeq("a b a c a b") {
		for {
			v, _ := counts.LoadOrStore(w, 0)
			if counts.CompareAndSwap(w, v, v.(int)+1) {
				break
			}
		}
	}
	total := map[string]int{}
	counts.Range(func(k, v any) bool { total[k.(string)] = v.(int); return len(total) < 3 })
	fmt.Println(total)
}

// Output:
// ann false true true
// false map[t1:ann3 t2:bob0]
// ann true
//  false
// another kind of key true
// false [t2]
// 0
// [JOB 0 JOB 1 JOB 2 JOB 3 JOB 4] true
// <nil>
// map[a:3 b:2 c:1]
