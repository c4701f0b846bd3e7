package main

import (
	"encoding/json"
	"fmt"
	"sort"
)

var config = struct {
	Name  string
	Ports []int
	TLS   struct {
		Cert, Key string
		Min       int
	}
}{Name: "gateway", Ports: []int{80, 443}}

type wrapper struct {
	struct1 struct{ a, b int }
	Items   []struct {
		ID    int
		Attrs map[string]struct{ V any }
	}
	Fn         func(struct{ X int }) struct{ Y string }
	interface1 interface {
		M(struct{ X int }) int
	}
}

type impl int

func (i impl) M(s struct{ X int }) int { return int(i) * s.X }

func stats(ns ...float64) (r struct{ Min, Max, Mean float64 }) {
	for i, n := range ns {
		if i == 0 || n < r.Min {
			r.Min = n
		}
		r.Max = max(r.Max, n)
		r.Mean += n / float64(len(ns))
	}
	return
}

func main() {
	config.TLS.Min = 12
	config.TLS.Cert = "c.pem"
	tls := config.TLS
	tls.Key = "k.pem"
	fmt.Printf("%+v\n%+v\n", config, tls)
	var w wrapper
	w.struct1.a = 1
	w.Items = append(w.Items, struct {
		ID    int
		Attrs map[string]struct{ V any }
	}{ID: 7})
	w.Items[0].Attrs = map[string]struct{ V any }{"k": {V: []int{1}}}
	w.Fn = func(s struct{ X int }) struct{ Y string } { return struct{ Y string }{fmt.Sprint("y", s.X)} }
	w.interface1 = impl(6)
	fmt.Println(w.struct1, w.Items, w.Fn(struct{ X int }{5}).Y, w.interface1.M(struct{ X int }{7}))
	fmt.Printf("%+v\n", stats(3, 1, 2))
	people := []struct {
		Name string `json:"name"`
		Age  int    `json:"age,omitempty"`
	}{{"eve", 30}, {"bob", 0}, {"ann", 25}}
	sort.Slice(people, func(i, j int) bool { return people[i].Name < people[j].Name })
	b, err := json.Marshal(struct {
		People any `json:"people"`
		Total  int
	}{people, len(people)})
	fmt.Println(string(b), err)
	var in struct {
		User struct {
			Name  string
			Roles []struct{ Role string }
		}
		Missing *struct{ X int }
	}
	err = json.Unmarshal([]byte(`{"user":{"name":"zed","roles":[{"role":"admin"},{}]}}`), &in)
	fmt.Printf("%+v %v\n", in, err)
	type point struct{ x, y int }
	var p point = struct{ x, y int }{1, 2}
	var anon struct{ x, y int } = p
	anon.x++
	fmt.Println(p == anon, any(p) == any(anon), any(anon) == any(struct{ x, y int }{2, 2}))
	fmt.Printf("%T %T\n", p, anon)
	seen := map[struct {
		k string
		n int
	}]bool{{"a", 1}: true}
	fmt.Println(seen[struct {
		k string
		n int
	}{"a", 1}], len(seen))
	ch := make(chan struct {
		n   int
		err error
	}, 1)
	ch <- struct {
		n   int
		err error
	}{n: 3}
	r := <-ch
	fmt.Println(r.n, r.err)
	for _, tc := range []struct{ in, want string }{{"a", "b"}, {want: "c"}} {
		fmt.Printf("%q->%q ", tc.in, tc.want)
	}
	fmt.Println()
}

// Output:
// {Name:gateway Ports:[80 443] TLS:{Cert:c.pem Key: Min:12}}
// {Cert:c.pem Key:k.pem Min:12}
// {1 0} [{7 map[k:{[1]}]}] y5 42
// {Min:1 Max:3 Mean:2}
// {"people":[{"name":"ann","age":25},{"name":"bob"},{"name":"eve","age":30}],"Total":3} <nil>
// {User:{Name:zed Roles:[{Role:admin} {Role:}]} Missing:<nil>} <nil>
// false false true
// main.point struct { x int; y int }
// true 1
// 3 <nil>
// "a"->"b" ""->"c"
