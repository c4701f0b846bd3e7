package main

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
)

const doc = `{
  "name": {"first": "Tom", "last": "Anderson"},
  "age": 37, "pi": 3.14159, "big": 9007199254740993, "neg": -12, "ok": true, "none": null,
  "children": ["Sara", "Alex", "Jack"],
  "fav.movie": "Deer Hunter",
  "uni": "gr\u00fc\u00dfe \ud83d\ude00 \"q\"",
  "friends": [
    {"first": "Dale", "last": "Murphy", "age": 44, "nets": ["ig", "fb", "tw"]},
    {"first": "Roger", "last": "Craig", "age": 68, "nets": ["fb", "tw"]},
    {"first": "Jane", "last": "Murphy", "age": 47, "nets": ["ig", "tw"]}
  ]
}`

func main() {
	fmt.Println(gjson.Valid(doc), gjson.Valid("{"), gjson.Valid(`[1,2,]`))
	for _, path := range []string{
		"name.last", "age", "children", "children.#", "children.1", "child*.2", "c?ildren.0", `fav\.movie`,
		"friends.#.first", "friends.1.last", `friends.#(last=="Murphy").first`, `friends.#(last=="Murphy")#.first`,
		"friends.#(age>45)#.last", `friends.#(first%"D*").last`, `friends.#(nets.#(=="fb"))#.first`, "friends.@reverse.#.age",
		"{name.first,age,\"the_murphys\":friends.#(last=\"Murphy\")#.first}", "[name.first,age]", "children.@join", "name.@keys", "name.@values",
		"children|@reverse|0", "@this.age", "missing", "none", "uni", "friends.#.nets|@flatten", "name.@tostr", "name.@pretty:{\"indent\":\"\"}", "friends.0|@ugly", "big", "neg", "pi",
	} {
		r := gjson.Get(doc, path)
		fmt.Printf("%-40s %-6v %v exists=%v %s\n", path, r.Type, r.IsArray() || r.IsObject(), r.Exists(), strings.ReplaceAll(r.String(), "\n", ""))
	}
	r := gjson.Parse(doc)
	fmt.Println(r.Get("big").Int(), r.Get("neg").Int(), r.Get("age").Uint(), r.Get("pi").Float(), r.Get("ok").Bool(), r.Get("age").Num)
	r.Get("friends").ForEach(func(k, v gjson.Result) bool {
		fmt.Println(k.Int(), v.Get("first"), len(v.Raw), v.Index > 0)
		return v.Get("age").Int() != 68
	})
	for _, v := range r.Get("children").Array() {
		fmt.Print(v.Str, " ")
	}
	m := r.Get("name").Map()
	fmt.Println(len(m), m["first"].String())
	fmt.Printf("%v %T\n", r.Get("friends.0").Value(), r.Get("friends.0.nets").Value())
	for i, v := range gjson.GetMany(doc, "age", "name.first", "nope") {
		fmt.Println(i, v.Exists(), v)
	}
	gjson.AddModifier("case", func(json, arg string) string {
		if arg == "upper" {
			return strings.ToUpper(json)
		}
		return strings.ToLower(json)
	})
	fmt.Println(gjson.Get(doc, "children|@case:upper"), gjson.ModifierExists("case", nil))
	gjson.ForEachLine("{\"a\":1}\n{\"a\":2}\n", func(line gjson.Result) bool { fmt.Println(line.Get("a")); return true })
	fmt.Println(gjson.GetBytes([]byte(doc), "name").Raw, gjson.Get(doc, "friends.#.first").Paths(doc), gjson.Get(doc, "name.last").Path(doc))
	fmt.Println(gjson.Get(doc, "age").Less(gjson.Get(doc, "pi"), true), gjson.Get(`{"a":"2020-01-02T03:04:05Z"}`, "a").Time())
}
