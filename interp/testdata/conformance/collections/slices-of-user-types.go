package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

type Version struct {
	Major, Minor int
	Label        string
}

func (v Version) Compare(w Version) int {
	return cmp.Or(cmp.Compare(v.Major, w.Major), cmp.Compare(v.Minor, w.Minor), strings.Compare(v.Label, w.Label))
}

func (v Version) String() string { return fmt.Sprintf("%d.%d%s", v.Major, v.Minor, v.Label) }

type Versions []Version

type Level int

func (l Level) String() string { return strings.Repeat("*", int(l)) }

func main() {
	vs := Versions{{2, 0, ""}, {1, 10, ""}, {1, 2, "b"}, {1, 2, "a"}, {2, 0, ""}}
	sorted := slices.Clone(vs)
	slices.SortFunc(sorted, Version.Compare)
	fmt.Printf("%v %v %T\n", sorted, vs[0], sorted)
	i, found := slices.BinarySearchFunc(sorted, Version{1, 10, ""}, Version.Compare)
	j, none := slices.BinarySearchFunc(sorted, 2, func(v Version, major int) int { return cmp.Compare(v.Major, major) })
	fmt.Println(i, found, j, none, slices.IsSortedFunc(vs, Version.Compare), slices.IsSortedFunc(sorted, Version.Compare))
	fmt.Println(slices.Compact(slices.Clone(sorted)), slices.CompactFunc(slices.Clone(sorted), func(a, b Version) bool { return a.Major == b.Major }))
	fmt.Println(slices.Index(vs, Version{1, 2, "a"}), slices.IndexFunc(vs, func(v Version) bool { return v.Label == "zz" }), slices.Contains(vs, Version{2, 0, ""}))
	fmt.Println(slices.MaxFunc(vs, Version.Compare), slices.MinFunc(vs, Version.Compare), slices.Max([]Level{1, 3, 2}), slices.Equal(vs, sorted))
	vs = slices.Insert(vs, 1, Version{9, 9, "x"}, Version{8, 8, ""})
	vs = slices.Delete(vs, 0, 1)
	vs = slices.Replace(vs, 2, 4, Version{7, 7, "r"})
	fmt.Println(vs, len(vs))
	vs = slices.DeleteFunc(vs, func(v Version) bool { return v.Major > 7 })
	slices.Reverse(vs)
	fmt.Println(vs, slices.ContainsFunc(vs, func(v Version) bool { return v.Minor == 7 }))
	vs = slices.Grow(vs, 100)
	fmt.Println(cap(vs) >= len(vs)+100, cap(slices.Clip(vs)) == len(vs))
	levels := []Level{3, 1, 2}
	slices.Sort(levels)
	fmt.Println(levels, slices.Compare(levels, []Level{1, 2}), slices.Repeat([]Level{1}, 2), slices.Concat(levels, []Level{5}))
	errs := []error{errors.New("a"), nil, fmt.Errorf("b")}
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	fmt.Println(errs, slices.EqualFunc(errs, []string{"a", "b"}, func(e error, s string) bool { return e.Error() == s }))
	type row struct {
		group string
		n     int
	}
	rows := []*row{{"b", 2}, {"a", 1}, {"b", 1}, {"a", 2}}
	slices.SortStableFunc(rows, func(x, y *row) int { return strings.Compare(x.group, y.group) })
	for _, r := range rows {
		fmt.Print(*r, " ")
	}
	fmt.Println()
	matrix := [][]Level{{1, 2}, {3}}
	deep := slices.Clone(matrix)
	deep[0][0] = 4
	deep[1] = nil
	fmt.Println(matrix, slices.Concat(matrix...))
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = slices.Max(Versions{}.levels())
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = slices.Delete(levels, 2, 1)
	}()
}

func (v Versions) levels() (out []Level) {
	for _, e := range v {
		out = append(out, Level(e.Major))
	}
	return
}

// Output:
// [1.2a 1.2b 1.10 2.0 2.0] 2.0 main.Versions
// 2 true 3 true false true
// [1.2a 1.2b 1.10 2.0] [1.2a 2.0]
// 3 -1 true
// 2.0 1.2a *** false
// [9.9x 8.8 7.7r 1.2a 2.0] 5
// [2.0 1.2a 7.7r] true
// true true
// [* ** ***] 1 [* *] [* ** *** *****]
// [a b] true
// {a 1} {a 2} {b 2} {b 1}
// [[**** **] [***]] [**** ** ***]
// slices.Max: empty list
// runtime error: slice bounds out of range [2:1:]
