package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"github.com/Masterminds/semver/v3"
)

func main() {
	for _, s := range []string{"1.2.3", "v1.2", "1", "1.2.3-beta.1+build.5", "1.2.3.4", "a.b", "", "01.2.3", "1.2.3-01"} {
		v, err := semver.NewVersion(s)
		if err != nil {
			fmt.Println(s, "error:", err, errors.Is(err, semver.ErrInvalidSemVer))
			continue
		}
		fmt.Println(s, v, v.Original(), v.Major(), v.Minor(), v.Patch(), v.Prerelease(), v.Metadata())
		_, err = semver.StrictNewVersion(s)
		fmt.Println("  strict:", err)
	}
	var vs []*semver.Version
	for _, s := range []string{"1.10.0", "1.2.0", "2.0.0-rc.1", "2.0.0", "2.0.0-alpha", "0.9", "2.0.0-rc.2", "2.0.0-alpha.1"} {
		vs = append(vs, semver.MustParse(s))
	}
	sort.Sort(semver.Collection(vs))
	fmt.Println(vs)
	for _, c := range []string{"^1.2", "~1.2.3", ">= 1.2, < 3.0.0 || >= 4.2.3", "1.2 - 1.4.5", "1.x", "!=1.2.3", "~0.1", "^0.0.3", ">1.2.3-beta.2", "=2.0", "bad !!"} {
		con, err := semver.NewConstraint(c)
		if err != nil {
			fmt.Println(c, "error:", err)
			continue
		}
		fmt.Print(con, ": ")
		for _, v := range []string{"0.0.3", "0.1.5", "1.2.0", "1.2.3", "1.3.0", "1.2.3-beta.4", "2.0.0", "4.2.3", "5.0.0"} {
			fmt.Print(con.Check(semver.MustParse(v)), " ")
		}
		ok, errs := con.Validate(semver.MustParse("1.2.3"))
		fmt.Println(ok, errs)
	}
	v := semver.MustParse("1.2.3-rc.1")
	fmt.Println(v.IncPatch(), v.IncMinor(), v.IncMajor())
	w, err := v.SetPrerelease("beta")
	fmt.Println(w, err)
	_, err = v.SetMetadata("a b")
	fmt.Println(err)
	fmt.Println(v.Compare(semver.MustParse("1.2.3")), v.LessThan(semver.MustParse("1.2.3")), v.Equal(semver.MustParse("1.2.3-rc.1")), v.GreaterThanEqual(semver.MustParse("1.0.0")))
	data, err := json.Marshal(map[string]any{"v": v, "c": must(semver.NewConstraint("^1.2"))})
	fmt.Println(string(data), err)
	var back struct{ V semver.Version }
	fmt.Println(json.Unmarshal([]byte(`{"V":"3.4.5-x"}`), &back), back.V.String())
	fmt.Println(json.Unmarshal([]byte(`{"V":"x"}`), &back))
	fmt.Printf("%s %v %d\n", v, *v, v.Major())
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
