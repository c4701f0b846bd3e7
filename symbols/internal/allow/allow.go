// Package allow reads allow.txt, the list of what scripts can import. The file
// itself says what its lines mean.
package allow

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Words with a meaning of their own.
const (
	Default = "-"     // the default sandbox has it
	Never   = "never" // nothing allows it
)

// A List is a parsed allow.txt.
type List struct {
	Packages map[string]*Package
	Words    []string // the words of the sandbox.allow setting, sorted
}

// A Package is what the list says about one package.
type Package struct {
	Path, Word, Hint string
	Only             bool // the package has the names of Names and no others
	Names            map[string]Name
}

// A Name is what is different for one name of a package.
type Name struct{ Word, Hint string }

// Rule returns the word that allows the name, or the method "Type.Method", and the
// hint where it is not allowed.
func (p *Package) Rule(name string) (word, hint string) {
	if rule, ok := p.Names[name]; ok {
		return rule.Word, rule.Hint
	}
	if strings.Contains(name, ".") { // a method that is not listed comes with its value
		return Default, ""
	}
	if p.Only {
		return Never, p.Hint
	}
	return p.Word, p.Hint
}

// Parse parses the text of an allow.txt.
func Parse(text string) (*List, error) {
	p := parser{list: &List{Packages: map[string]*Package{}}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		parse := p.parseNames
		if line[0] != ' ' && line[0] != '\t' {
			parse = p.parsePackage
		}
		if err := parse(fields); err != nil {
			return nil, fmt.Errorf("allow.txt:%d: %w", number, err)
		}
	}
	if len(p.list.Packages) == 0 {
		return nil, errors.New("allow.txt: no packages")
	}
	slices.Sort(p.list.Words)
	return p.list, nil
}

type parser struct {
	list *List
	pkg  *Package
	last []string // names of the line before, which a hint is about
}

func (p *parser) parsePackage(fields []string) error {
	if len(fields) != 2 {
		return errors.New("want: IMPORT-PATH WORD")
	}
	path, word := fields[0], fields[1]
	if p.list.Packages[path] != nil {
		return fmt.Errorf("package %s is listed twice", path)
	}
	p.pkg, p.last = &Package{Path: path, Word: word, Names: map[string]Name{}}, nil
	p.list.Packages[path] = p.pkg
	p.addWord(word)
	return nil
}

func (p *parser) parseNames(fields []string) error {
	word, ok := strings.CutSuffix(fields[0], ":")
	if p.pkg == nil || !ok || word == "" || len(fields) < 2 {
		return errors.New("want: WORD: NAME… under a package")
	}
	if word == "hint" {
		p.setHint(strings.Join(fields[1:], " "))
		return nil
	}
	p.last = fields[1:]
	if word == "only" {
		p.pkg.Only, word = true, p.pkg.Word
	}
	p.addWord(word)
	for _, name := range p.last {
		if _, dup := p.pkg.Names[name]; dup {
			return fmt.Errorf("name %s is listed twice", name)
		}
		p.pkg.Names[name] = Name{Word: word}
	}
	return nil
}

// setHint attaches a hint to the names of the line before, or to the package. A hint
// under names that everybody may use is about the others, so about the package.
func (p *parser) setHint(hint string) {
	if len(p.last) == 0 || p.pkg.Names[p.last[0]].Word == Default {
		p.pkg.Hint = hint
		return
	}
	for _, name := range p.last {
		p.pkg.Names[name] = Name{Word: p.pkg.Names[name].Word, Hint: hint}
	}
}

func (p *parser) addWord(word string) {
	if word != Default && word != Never && !slices.Contains(p.list.Words, word) {
		p.list.Words = append(p.list.Words, word)
	}
}
