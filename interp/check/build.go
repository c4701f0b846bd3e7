package check

import (
	"go/build/constraint"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// platforms are the words that a file name may end in and that are then conditions.
var (
	knownOS   = strings.Fields("aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos")
	knownArch = strings.Fields("386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv riscv64 s390x sparc sparc64 wasm")
	unixOS    = strings.Fields("aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris")
)

// BuildFiles returns the files of a package that belong to it on this platform, as
// the go command chooses them: no tests, and only those whose name and build
// constraint fit. The tags that ask for code without unsafe and assembly are set.
func BuildFiles(files []File) []File {
	var fit []File
	for _, f := range files {
		name := path.Base(f.Name)
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") {
			continue
		}
		if fitsName(name) && fitsConstraint(f.Code) {
			fit = append(fit, f)
		}
	}
	return fit
}

// Imports lists what files import, each path once, sorted. A file that does not parse
// counts as far as it does.
func Imports(files []File) []string {
	found := map[string]bool{}
	for _, f := range files {
		tree, _ := parser.ParseFile(token.NewFileSet(), f.Name, f.Code, parser.ImportsOnly)
		if tree == nil {
			continue
		}
		for _, spec := range tree.Imports {
			if path := importPath(spec); path != "" {
				found[path] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// fitsName looks at NAME_GOOS_GOARCH.go; the first word is never a condition.
func fitsName(name string) bool {
	words := strings.Split(strings.TrimSuffix(name, ".go"), "_")[1:]
	n := len(words)
	if n > 0 && slices.Contains(knownArch, words[n-1]) {
		if words[n-1] != runtime.GOARCH {
			return false
		}
		n--
	}
	return n == 0 || !slices.Contains(knownOS, words[n-1]) || fitsTag(words[n-1])
}

// fitsConstraint looks at the //go:build line before the package clause, and where there
// is none at // +build lines, all of which must fit.
func fitsConstraint(code string) bool {
	fits := true
	for line := range strings.Lines(code) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "package ") {
			break
		}
		if !constraint.IsGoBuild(line) && !constraint.IsPlusBuild(line) {
			continue
		}
		expr, err := constraint.Parse(line)
		if err == nil && constraint.IsGoBuild(line) {
			return expr.Eval(fitsTag)
		}
		fits = fits && (err != nil || expr.Eval(fitsTag))
	}
	return fits
}

func fitsTag(tag string) bool {
	switch tag {
	case runtime.GOOS, runtime.GOARCH, "gc", "purego", "appengine", "safe":
		return true
	case "unix":
		return slices.Contains(unixOS, runtime.GOOS)
	}
	if minor, ok := strings.CutPrefix(tag, "go1."); ok {
		current, _ := strconv.Atoi(strings.TrimPrefix(language, "go1."))
		n, err := strconv.Atoi(minor)
		return err == nil && n <= current
	}
	return false
}
