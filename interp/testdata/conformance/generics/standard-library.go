package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type user struct {
	Name string
	Age  int
}

func main() {
	users := []user{{"bo", 30}, {"al", 25}, {"cy", 30}, {"di", 25}}
	slices.SortStableFunc(users, func(a, b user) int { return cmp.Compare(b.Age, a.Age) })
	fmt.Println(users)
	slices.SortFunc(users, func(a, b user) int {
		return cmp.Or(cmp.Compare(a.Age, b.Age), strings.Compare(b.Name, a.Name))
	})
	fmt.Println(users)
	i, found := slices.BinarySearchFunc(users, 30, func(u user, age int) int { return cmp.Compare(u.Age, age) })
	fmt.Println(i, found)
	fmt.Println(slices.IndexFunc(users, func(u user) bool { return u.Name == "cy" }), slices.Contains(users, user{"al", 25}))
	byAge := map[int][]string{}
	for _, u := range users {
		byAge[u.Age] = append(byAge[u.Age], u.Name)
	}
	for _, age := range slices.Sorted(maps.Keys(byAge)) {
		fmt.Println(age, byAge[age])
	}
	fmt.Println(slices.MaxFunc(users, func(a, b user) int { return cmp.Compare(a.Name, b.Name) }))
	fmt.Println(slices.Compact([]int{1, 1, 2, 2, 2, 3, 1}), slices.Insert([]int{1, 4}, 1, 2, 3), slices.Delete([]int{0, 1, 2, 3}, 1, 3))
	for chunk := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(chunk)
	}
	fmt.Println()
	fmt.Println(slices.Equal([]string{"a"}, []string{"a"}), slices.Repeat([]int{1}, 3))
}

// Output:
// [{bo 30} {cy 30} {al 25} {di 25}]
// [{di 25} {al 25} {cy 30} {bo 30}]
// 2 true
// 2 true
// 25 [di al]
// 30 [cy bo]
// {di 25}
// [1 2 3 1] [1 2 3 4] [0 3]
// [1 2][3 4][5]
// true [1 1 1]
